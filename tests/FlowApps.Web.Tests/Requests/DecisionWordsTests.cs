using FlowApps.Domain.Approvals;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Tests.Requests;

public sealed class DecisionWordsTests
{
    [Fact]
    public void People_are_named_where_they_are_few() =>
        Assert.Equal("Priya Raman or Tomás Okafor in Finance", Whom([new() { Id = "finance", Groups = ["finance"] }], "Priya Raman", "Tomás Okafor"));

    [Fact]
    public void A_large_group_is_named_itself() => Assert.Equal("somebody in IT desk", Whom([new() { Id = "it-desk", Groups = ["it-desk"] }], "A", "B", "C", "D"));

    [Fact]
    public void Users_come_by_their_names_and_before_groups() => Assert.Equal("MAYA or somebody in Finance", Whom([new() { Id = "x", Users = ["maya"], Groups = ["finance"] }]));

    [Fact]
    public void A_question_that_names_nobody_is_everybodys()
    {
        Assert.Equal("A, B or C", Whom([new() { Id = "decision" }], "A", "B", "C"));
        Assert.Equal("an approver", Whom([new() { Id = "decision" }]));
    }

    [Fact]
    public void Everybody_who_is_needed_now_is_named_and_once_it_is_decided_everybody_who_was()
    {
        ApprovalStage[] stages = [new() { Id = "a", Groups = ["hr"], Quorum = 2 }, new() { Id = "b", Users = ["ann"] }, new() { Id = "c", Users = ["bob"], Step = 1 }];
        Assert.Equal("2 of somebody in HR, and ANN", Whom(stages));
        Assert.Equal("2 of somebody in HR, and ANN, and BOB", DecisionWords.Whom(Asked(stages) with { Decision = new WaitDecision("e", "r", "approve", "bob", DateTimeOffset.UnixEpoch) }, name => name.ToUpperInvariant()));
    }

    [Fact]
    public void Who_has_approved_is_not_waited_for()
    {
        var asked = Asked([new() { Id = "x", Users = ["ann", "bob"], Groups = ["hr"], Quorum = 3 }]);
        var once = asked with { Votes = [Approval("bob")] };
        Assert.Equal("2 of ANN or CARL in HR", DecisionWords.Whom(once, name => name.ToUpperInvariant(), _ => ["BOB", "CARL"]));
        Assert.Equal("CARL in HR", DecisionWords.Whom(asked with { Votes = [Approval("bob"), Approval("ann")] }, name => name.ToUpperInvariant(), _ => ["BOB", "CARL"]));
        Assert.Equal("3 of ANN, BOB or BOB or CARL in HR", DecisionWords.Whom(once with { Round = 2 }, name => name.ToUpperInvariant(), _ => ["BOB", "CARL"]));
    }

    [Theory]
    [InlineData("it-desk", "IT desk")]
    [InlineData("people_and_hr", "People and HR")]
    [InlineData("finance", "Finance")]
    [InlineData("IT desk", "IT desk")]
    [InlineData("McLean Partners", "McLean Partners")]
    [InlineData("-", "-")]
    public void Groups_are_called_as_people_call_them(string group, string name) => Assert.Equal(name, GroupWords.Of(group));

    private static string Whom(IReadOnlyList<ApprovalStage> stages, params string[] members) => DecisionWords.Whom(Asked(stages), name => name.ToUpperInvariant(), _ => members);

    private static Vote Approval(string by) => new(new Ballot { Id = by, Outcome = "approve", By = by }, OutcomeKind.Approve, DateTimeOffset.UnixEpoch, 1, 0, ["x"]);

    private static Wait Asked(IReadOnlyList<ApprovalStage> stages) =>
        new() { ExecutionId = "e", TaskRunId = "r", TaskId = "t", Namespace = "n", FlowId = "f", Since = DateTimeOffset.UnixEpoch, Policy = new ApprovalPolicy { Stages = stages } };
}
