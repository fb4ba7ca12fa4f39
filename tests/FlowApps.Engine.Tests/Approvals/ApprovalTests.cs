using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using FlowApps.Engine.Approvals;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Tests.Harness;
using static FlowApps.Engine.Tests.Harness.Playing;

namespace FlowApps.Engine.Tests.Approvals;

public sealed class ApprovalTests
{
    private const string After = "{id: after, type: test.Work}";

    [Fact]
    public void A_quorum_of_two_groups_goes_on_when_both_have_enough()
    {
        var (stage, id) = Asked("require: 2 of finance and 1 of security");
        Assert.Null(Vote(stage, id, "ann", "approve", "finance").Refusal);
        Assert.Null(Vote(stage, id, "sue", "approve", "security").Refusal);
        Assert.Equal(State.Paused, stage[id].State.Current);
        Assert.Equal(["finance"], Question(stage, id).Groups);
        Assert.Equal(2, stage.Effects.Select(e => e.Effect).OfType<ChangeWait>().Last().Wait.Votes.Count);
        Assert.Null(Vote(stage, id, "bob", "approve", "finance").Refusal);
        var outputs = Run(stage, id, "ask").Outputs!;
        Assert.Equal("approve", outputs["outcome"]);
        Assert.Equal(["ann", "sue", "bob"], ((IReadOnlyList<object?>)outputs["decisions"]!).Select(vote => ((IReadOnlyDictionary<string, object?>)vote!)["by"]));
        Assert.Equal(State.Success, stage.RunToEnd(id).State.Current);
    }

    [Fact]
    public void Nobody_counts_twice_nor_where_they_are_not_asked()
    {
        var (stage, id) = Asked("require: 1 of finance and 1 of security");
        Assert.Equal("not_yours_to_decide", Vote(stage, id, "cem", "approve", "sales").Refusal!.Code);
        Vote(stage, id, "ann", "approve", "finance", "security");
        Assert.Equal("already_voted", Vote(stage, id, "ann", "approve", "finance", "security").Refusal!.Code);
        Assert.Equal(State.Paused, stage[id].State.Current);
        Assert.Empty(Standing.Stages(Question(stage, id), "bob", ["sales"]));
        // Ann can be counted for either, so whoever comes next completes it.
        Vote(stage, id, "bob", "approve", "finance");
        Assert.Equal("approve", Run(stage, id, "ask").Outputs!["outcome"]);
    }

    [Fact]
    public void The_requester_decides_only_where_the_flow_says_so()
    {
        var start = new NewExecution("one") { By = "ann" };
        var closed = Asked("users: [ann, bob]", start: start);
        Assert.Equal("not_yours_to_decide", Vote(closed.Stage, closed.Id, "ann", "approve").Refusal!.Code);
        var open = Asked("users: [ann, bob]\n  exclude: {requester: false}", start: start);
        Assert.Null(Vote(open.Stage, open.Id, "ann", "approve").Refusal);
    }

    [Fact]
    public void Whoever_saved_the_flow_can_be_left_out()
    {
        var (stage, id) = Asked("exclude: {editor: true, users: [\"{{ inputs.who }}\"]}", inputs: "inputs: [{id: who, type: STRING, defaults: cem}]");
        var run = Run(stage, id, "ask").Id;
        Assert.Equal("not_yours_to_decide", stage.Give(id, new Decide(run, Sent("ines", "approve"), Editor: "ines")).Refusal!.Code);
        Assert.Equal("not_yours_to_decide", stage.Give(id, new Decide(run, Sent("cem", "approve"), Editor: "ines")).Refusal!.Code);
        Assert.Null(stage.Give(id, new Decide(run, Sent("bob", "approve"), Editor: "ines")).Refusal);
    }

    [Fact]
    public void Steps_come_one_after_the_other()
    {
        var (stage, id) = Asked("require: 1 of finance then 1 of @boss");
        Assert.Equal("not_yours_to_decide", Vote(stage, id, "boss", "approve").Refusal!.Code);
        Vote(stage, id, "ann", "approve", "finance");
        Assert.Equal(["boss"], [.. Question(stage, id).Users, .. Question(stage, id).Groups]);
        Vote(stage, id, "boss", "approve");
        Assert.Equal("approve", Run(stage, id, "ask").Outputs!["outcome"]);
    }

    [Theory]
    [InlineData("veto: true", 1)]
    [InlineData("veto: false", 2)]
    public void A_rejection_is_a_veto_unless_the_flow_counts_them(string field, int needed)
    {
        var (stage, id) = Asked($"groups: [finance]\n  quorum: 2\n  {field}");
        foreach (var who in new[] { "ann", "bob" }.Take(needed))
        {
            Assert.Equal(State.Paused, stage[id].State.Current);
            Vote(stage, id, who, "reject", "finance");
        }
        Assert.Equal(State.Cancelled, stage[id].State.Current);
    }

    [Fact]
    public void Named_outcomes_end_as_they_say_and_need_the_words_they_say()
    {
        const string outcomes = "outcomes:\n  - approve\n  - {id: reject, then: CONTINUE}\n  - {id: park, label: \"Park {{ flow.id }}\", comment: REQUIRED}";
        var (stage, id) = Asked(outcomes);
        Assert.Equal("Park flow", Question(stage, id).Policy.Outcome("park")!.Label);
        Assert.Equal("comment_needed", Vote(stage, id, "ann", "park").Refusal!.Code);
        Assert.Equal("unknown_outcome", Vote(stage, id, "ann", "burn").Refusal!.Code);
        stage.Send(id, new Decide(Run(stage, id, "ask").Id, Sent("ann", "reject") with { Comment = "no" }));
        Assert.Equal(("reject", State.Success), (Run(stage, id, "ask").Outputs!["outcome"], stage.RunToEnd(id).State.Current));
    }

    [Fact]
    public void Due_in_working_hours_with_a_reminder_and_others_asked_then_the_written_outcome()
    {
        // Asked on a Sunday at 09:00 UTC: sixteen working hours end on Tuesday at 17:00.
        var (stage, id) = Asked("""
            users: [ann]
              due: {within: PT16H, calendar: {zone: UTC}}
              reminders: [{after: PT8H}, {before: PT2H}]
              escalation: [{after: PT12H, users: [boss]}]
              onTimeout: reject
            """);
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 17, 0, 0, TimeSpan.Zero), Question(stage, id).Due);
        stage.Wait(TimeSpan.FromDays(2));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 17, 0, 0, TimeSpan.Zero), Question(stage, id).RemindedAt);
        stage.Wait(TimeSpan.FromHours(7));
        Assert.Equal(["ann", "boss"], Question(stage, id).Users);
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 15, 0, 0, TimeSpan.Zero), Question(stage, id).RemindedAt);
        stage.Wait(TimeSpan.FromHours(2));
        Assert.Equal((State.Cancelled, "reject"), (stage[id].State.Current, Run(stage, id, "ask").Outputs!["outcome"]));
    }

    [Fact]
    public void Nothing_is_approved_by_waiting_unless_that_is_written()
    {
        var silent = Asked("due: {within: PT1H}");
        Assert.Equal(State.Failed, silent.Stage.RunToEnd(silent.Id).State.Current);
        var written = Asked("due: {within: PT1H}\n  onTimeout: approve");
        Assert.Equal(State.Success, written.Stage.RunToEnd(written.Id).State.Current);
    }

    [Fact]
    public void A_request_of_changes_comes_back_with_what_differs_and_is_decided_anew()
    {
        var (stage, id) = Asked("users: [ann, bob]\n  quorum: 2\n  outcomes: [approve, request-changes, reject]\n  due: {within: PT8H}", inputs: "inputs: [{id: amount, type: INT, defaults: 9}, {id: why, type: STRING, defaults: x}]", start: new NewExecution("one") { By = "maya" });
        var run = Run(stage, id, "ask").Id;
        Vote(stage, id, "ann", "approve");
        stage.Send(id, new Decide(run, Sent("bob", "request-changes") with { Asks = new Dictionary<string, string> { ["amount"] = "Too much" } }));
        Assert.Equal("Too much", Question(stage, id).Changes!.Asks["amount"]);
        Assert.Equal("with_requester", Vote(stage, id, "bob", "approve").Refusal!.Code);
        stage.Wait(TimeSpan.FromHours(20));
        Assert.Equal(State.Paused, stage[id].State.Current);
        Assert.Equal("not_yours_to_decide", stage.Give(id, new EditAnswers(run, "ann", Data.Map())).Refusal!.Code);
        stage.Send(id, new EditAnswers(run, "maya", Data.Map(("amount", 5), ("why", "x")), "Cheaper now"));
        Assert.Equal([new FieldChange("amount", 9, 5)], Question(stage, id).Edits.Single().Fields);
        Assert.Equal((5, 2, stage.Now.AddHours(8)), (stage[id].Inputs["amount"], Question(stage, id).Round, Question(stage, id).Due));
        Assert.Equal("changed_meanwhile", stage.Give(id, new Decide(run, Sent("ann", "approve") with { Round = 1 })).Refusal!.Code);
        Vote(stage, id, "ann", "approve");
        Vote(stage, id, "bob", "approve");
        Assert.Equal("""{"amount":{"before":9,"after":5}}""", Data.Write(Run(stage, id, "ask").Outputs!["changes"]));
    }

    [Fact]
    public void An_approver_may_change_what_is_editable_and_then_the_others_decide_anew()
    {
        var (stage, id) = Asked("users: [ann, bob]\n  quorum: 2\n  editable: [amount]", inputs: "inputs: [{id: amount, type: INT, defaults: 9}, {id: why, type: STRING, defaults: x}]");
        var run = Run(stage, id, "ask").Id;
        Vote(stage, id, "ann", "approve");
        Assert.Equal("not_editable", stage.Give(id, new Decide(run, Sent("bob", "approve") with { Changes = Data.Map(("why", "y")) })).Refusal!.Code);
        stage.Send(id, new Decide(run, Sent("bob", "approve") with { Changes = Data.Map(("amount", 4)) }));
        Assert.Equal((State.Paused, 4), (stage[id].State.Current, stage[id].Inputs["amount"]));
        Vote(stage, id, "ann", "approve");
        Assert.Equal(State.Success, stage.RunToEnd(id).State.Current);
    }

    [Fact]
    public void A_held_decision_can_be_taken_back_and_else_counts_when_its_time_is_over()
    {
        var (stage, id) = Asked("users: [ann, bob]\n  quorum: 2");
        var run = Run(stage, id, "ask").Id;
        stage.Send(id, new Decide(run, Sent("ann", "approve"), TimeSpan.FromSeconds(10)));
        Assert.Equal("already_decided", stage.Give(id, new WithdrawBallot(run, "ballot-ann", "bob")).Refusal!.Code);
        stage.Send(id, new WithdrawBallot(run, "ballot-ann", "ann"));
        stage.Wait(TimeSpan.FromSeconds(11));
        Assert.Empty(Question(stage, id).Votes);
        stage.Send(id, new Decide(run, Sent("ann", "approve"), TimeSpan.FromSeconds(10)));
        stage.Wait(TimeSpan.FromSeconds(11));
        stage.Send(id, new Decide(run, Sent("bob", "approve"), TimeSpan.FromSeconds(10)));
        stage.Send(id, new SettleBallot(run, "ballot-bob", "bob"));
        Assert.Equal("approve", Run(stage, id, "ask").Outputs!["outcome"]);
        Assert.Equal(State.Success, stage.RunToEnd(id).State.Current);
    }

    [Fact]
    public void While_a_decision_that_settles_it_is_held_the_next_hears_who_was_first()
    {
        var (stage, id) = Asked("users: [ann, bob]");
        var run = Run(stage, id, "ask").Id;
        stage.Send(id, new Decide(run, Sent("ann", "approve"), TimeSpan.FromSeconds(10)));
        Assert.Equal("already_decided", Vote(stage, id, "bob", "reject").Refusal!.Code);
        stage.Send(id, new WithdrawBallot(run, "ballot-ann", "ann"));
        Vote(stage, id, "bob", "reject");
        Assert.Equal("bob", ((IReadOnlyDictionary<string, object?>)Run(stage, id, "ask").Outputs!["resumed"]!)["by"]);
    }

    [Fact]
    public void Handing_on_taking_on_and_letting_go_are_written_down()
    {
        var (stage, id) = Asked("users: [ann]\n  groups: [finance]");
        var run = Run(stage, id, "ask").Id;
        stage.Send(id, new ClaimWait(run, "fay", ["finance"]));
        Assert.Equal("already_claimed", stage.Give(id, new ClaimWait(run, "ann", [])).Refusal!.Code);
        stage.Send(id, new ReleaseWait(run, "ann", []));
        stage.Send(id, new ReassignWait(run, "ann", [], "cem", "I am away"));
        Assert.Equal("not_yours_to_decide", Vote(stage, id, "ann", "approve").Refusal!.Code);
        Assert.Equal(["fay", "ann", "ann"], stage.Events(id).OfType<WaitEvent>().Select(e => e switch { WaitClaimed c => c.By, WaitReleased c => c.By, WaitReassigned c => c.By, _ => null }).OfType<string>());
        Assert.Null(Vote(stage, id, "cem", "approve").Refusal);
        Assert.Equal(State.Success, stage.RunToEnd(id).State.Current);
    }

    [Fact]
    public void Who_asked_and_who_decides_talk_beside_the_case_and_nobody_else()
    {
        var (stage, id) = Asked("require: 1 of finance then 1 of @boss", start: new NewExecution("one") { By = "maya" });
        var run = Run(stage, id, "ask").Id;
        Assert.Null(stage.Give(id, new MakeRemark(run, "ann", "ann", ["finance"], " Which monitor is it? ")).Refusal);
        Assert.Null(stage.Give(id, new MakeRemark(run, "maya", "maya", [], "The large one.")).Refusal);
        Assert.Null(stage.Give(id, new MakeRemark(run, "boss", "boss", [], "Good.")).Refusal);
        Assert.Equal("not_yours_to_decide", stage.Give(id, new MakeRemark(run, "cem", "cem", ["sales"], "Me too")).Refusal!.Code);
        Assert.Equal("wrong_remark", stage.Give(id, new MakeRemark(run, "maya", "maya", [], " ")).Refusal!.Code);
        Assert.Equal(["ann: Which monitor is it?", "maya: The large one.", "boss: Good."], Question(stage, id).Remarks.Select(remark => $"{remark.By}: {remark.Text}"));
        Assert.Equal((1, State.Paused), (Question(stage, id).Round, stage[id].State.Current));
        Vote(stage, id, "ann", "approve", "finance");
        Vote(stage, id, "boss", "approve");
        Assert.Equal("already_decided", stage.Give(id, new MakeRemark(run, "maya", "maya", [], "Thanks")).Refusal!.Code);
    }

    [Fact]
    public void Where_the_password_is_asked_for_once_more_nothing_is_decided_without_it()
    {
        var (stage, id) = Asked("users: [ann]\n  confirm: PASSWORD");
        var run = Run(stage, id, "ask").Id;
        Assert.Equal("not_confirmed", stage.Give(id, new Decide(run, Sent("ann", "approve"))).Refusal!.Code);
        Assert.Equal("not_confirmed", stage.Give(id, new Resume(run, Data.Map(), "approved", "ann", null)).Refusal!.Code);
        Assert.Null(stage.Give(id, new Decide(run, Sent("ann", "approve") with { Confirmed = true })).Refusal);
        Assert.Equal(State.Success, stage.RunToEnd(id).State.Current);
    }

    [Fact]
    public void The_amount_follows_the_answers_and_what_cannot_be_read_is_none()
    {
        var (stage, id) = Asked("urgency: HIGH\n  amount: \"{{ inputs.price }}\"\n  outcomes: [approve, request-changes]", inputs: "inputs: [{id: price, type: STRING, defaults: \"9.5\"}]", start: new NewExecution("one") { By = "maya" });
        var run = Run(stage, id, "ask").Id;
        Assert.Equal((9.5m, Urgency.High), (Question(stage, id).Amount, Question(stage, id).Urgency));
        foreach (var (price, amount) in new[] { ("12", 12m), ("a lot", (decimal?)null) })
        {
            stage.Send(id, new Decide(run, Sent("bob", "request-changes") with { Comment = "Look again" }));
            stage.Send(id, new EditAnswers(run, "maya", Data.Map(("price", price))));
            Assert.Equal(amount, Question(stage, id).Amount);
        }
    }

    [Fact]
    public void A_delegate_decides_for_one_person_and_counts_once()
    {
        var (stage, id) = Asked("users: [ann, bob]\n  quorum: 2");
        var run = Run(stage, id, "ask").Id;
        stage.Send(id, new Decide(run, Sent("bob", "approve") with { For = "ann" }));
        Assert.Equal("already_voted", Vote(stage, id, "bob", "approve").Refusal!.Code);
        Assert.Equal("already_voted", Vote(stage, id, "ann", "approve").Refusal!.Code);
    }

    [Fact]
    public void Programs_answer_a_pause_but_not_a_question_to_people()
    {
        var (stage, id) = Asked("groups: [finance]");
        Assert.Equal("not_yours_to_decide", stage.Give(id, new Resume(null, Data.Map(), "approved", null, null)).Refusal!.Code);
        stage.Send(id, new Resume(null, Data.Map(), "approved", "ann", null) { Groups = ["finance"] });
        Assert.Equal("approve", Run(stage, id, "ask").Outputs!["outcome"]);
    }

    internal static (Stage Stage, string Id) Asked(string fields, string? inputs = null, NewExecution? start = null)
    {
        var flow = Harness.Flows.Of($"{inputs}\ntasks:\n- id: ask\n  type: core.flow.Approval\n  {fields}\n- {After}");
        var stage = new Stage(flow);
        return (stage, stage.Start(flow, null, start));
    }

    internal static Wait Question(Stage stage, string id) => Run(stage, id, "ask").Wait!;

    internal static Decision Vote(Stage stage, string id, string who, string outcome, params string[] groups) =>
        stage.Send(id, new Decide(Run(stage, id, "ask").Id, Sent(who, outcome) with { Groups = groups, Comment = outcome == "reject" ? "no" : null }));

    private static Ballot Sent(string who, string outcome) => new() { Id = $"ballot-{who}", Outcome = outcome, By = who };
}
