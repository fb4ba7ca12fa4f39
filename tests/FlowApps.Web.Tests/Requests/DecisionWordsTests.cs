using FlowApps.Domain.Approvals;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Tests.Requests;

public sealed class DecisionWordsTests
{
    [Fact]
    public void People_are_named_where_they_are_few() =>
        Assert.Equal("Priya Raman or Tomás Okafor in Finance", Whom(new() { Groups = ["finance"] }, "Priya Raman", "Tomás Okafor"));

    [Fact]
    public void A_large_group_is_named_itself() => Assert.Equal("somebody in It desk", Whom(new() { Groups = ["it-desk"] }, "A", "B", "C", "D"));

    [Fact]
    public void Users_come_by_their_names_and_before_groups() => Assert.Equal("MAYA or somebody in Finance", Whom(new() { Users = ["maya"], Groups = ["finance"] }));

    [Fact]
    public void A_question_that_names_nobody_is_everybodys()
    {
        Assert.Equal("A, B or C", Whom(new(), "A", "B", "C"));
        Assert.Equal("an approver", Whom(new()));
    }

    private static string Whom(Asked asked, params string[] members) => DecisionWords.Whom(
        new Wait { ExecutionId = "e", TaskRunId = "r", TaskId = "t", Namespace = "n", FlowId = "f", Since = DateTimeOffset.UnixEpoch, Users = asked.Users, Groups = asked.Groups },
        name => name.ToUpperInvariant(), _ => members);

    private sealed record Asked
    {
        public IReadOnlyList<string> Users { get; init; } = [];
        public IReadOnlyList<string> Groups { get; init; } = [];
    }
}
