using FlowApps.Domain.Approvals;
using FlowApps.Engine.Approvals;

namespace FlowApps.Engine.Tests.Approvals;

public sealed class TallyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Random policies and people: what comes out is the same in every order, and equals trying every way of counting.</summary>
    [Fact]
    public void The_order_of_voting_in_a_step_never_matters_and_nobody_is_wasted()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var stages = Enumerable.Range(0, random.Next(1, 4)).Select(i => new ApprovalStage { Id = $"s{i}", Quorum = random.Next(1, 3) }).ToList();
            var votes = Enumerable.Range(0, random.Next(0, 6)).Select(i => Vote($"p{i}", [.. stages.Where(_ => random.Next(2) == 0).Select(stage => stage.Id)])).ToList();
            var counts = Enumerable.Range(0, 4).Select(_ => Counted(stages, [.. votes.OrderBy(_ => random.Next())])).Distinct().ToList();
            Assert.Equal([Best(stages.ToDictionary(stage => stage.Id, stage => stage.Quorum), votes, 0)], counts);
        }
    }

    [Theory]
    [InlineData("2 of finance and 1 of security", "finance:2:0 security:1:0")]
    [InlineData("1 of @ann, hr then 2 of board", "hr or ann:1:0 board:2:1")]
    [InlineData("1 of a then 1 of a", "a:1:0 a 2:1:1")]
    [InlineData("1 of Guest@Partner.example or hr", "hr or guest@partner.example:1:0")]
    public void A_line_says_who_has_to_approve(string text, string expected) =>
        Assert.Equal(expected, string.Join(" ", QuorumText.Read(text).Select(stage => $"{stage.Id}:{stage.Quorum}:{stage.Step}")));

    [Theory]
    [InlineData("finance", "how many")]
    [InlineData("2 of", "the name of a group")]
    [InlineData("2 of a but 1 of b", "in place of `but`")]
    [InlineData("1 of a and", "at the end")]
    public void A_line_that_cannot_be_read_says_where(string text, string part) =>
        Assert.Contains(part, Assert.Throws<FormatException>(() => QuorumText.Read(text)).Message, StringComparison.Ordinal);

    private static int Counted(List<ApprovalStage> stages, List<Vote> votes) =>
        Tally.Of(new Wait { ExecutionId = "e", TaskRunId = "r", TaskId = "t", Namespace = "n", FlowId = "f", Since = Now, Policy = new ApprovalPolicy { Stages = stages }, Votes = votes }).Sum(stage => stage.Approvals.Count);

    private static int Best(Dictionary<string, int> free, List<Vote> votes, int at)
    {
        if (at == votes.Count) return 0;
        var best = Best(free, votes, at + 1);
        foreach (var stage in votes[at].Stages.Where(stage => free[stage] > 0))
        {
            free[stage]--;
            best = Math.Max(best, 1 + Best(free, votes, at + 1));
            free[stage]++;
        }
        return best;
    }

    private static Vote Vote(string who, List<string> stages) => new(new Ballot { Id = who, Outcome = "approve", By = who }, OutcomeKind.Approve, Now, 1, 0, stages);
}
