namespace FlowApps.Domain.Approvals;

/// <summary>
/// Who decides a question and how, with everything rendered: the one rule behind Approval, HumanTask and Pause. Written into the stream when the question is asked, so that
/// later changes of the flow or of a directory do not change what was asked.
/// </summary>
public sealed record ApprovalPolicy
{
    public IReadOnlyList<ApprovalStage> Stages { get; init; } = [new() { Id = ApprovalStage.Only }];
    public IReadOnlyList<ApprovalOutcome> Outcomes { get; init; } = ApprovalOutcome.YesOrNo;

    /// <summary>One rejection decides. Otherwise a stage is rejected by as many as it takes to approve it.</summary>
    public bool Veto { get; init; } = true;

    /// <summary>Whoever asked decides nothing.</summary>
    public bool ExcludeRequester { get; init; } = true;

    /// <summary>Whoever saved the running revision of the flow decides nothing.</summary>
    public bool ExcludeEditor { get; init; }

    /// <summary>Users who decide nothing here, whatever stage names them.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Inputs of the flow that an approver may change while deciding.</summary>
    public IReadOnlyList<string> Editable { get; init; } = [];

    /// <summary>What has to be shown once more with each decision.</summary>
    public Confirmation Confirm { get; init; }

    /// <summary>Programs and developers may answer as well as the people asked (Pause).</summary>
    public bool Informal { get; init; }

    /// <summary>By its id, or by the words of the API of paused executions: the first that approves or rejects.</summary>
    public ApprovalOutcome? Outcome(string id) => Outcomes.FirstOrDefault(outcome => outcome.Id == id) ?? id switch
    {
        ApprovalOutcome.Approved => Outcomes.FirstOrDefault(outcome => outcome.Kind == OutcomeKind.Approve),
        ApprovalOutcome.Rejected => Outcomes.FirstOrDefault(outcome => outcome.Kind == OutcomeKind.Reject),
        _ => null,
    };
}

/// <summary>A group of people of whom <c>Quorum</c> have to approve. Stages of the same <c>Step</c> decide side by side, steps one after the other. Nobody named: everyone who may decide.</summary>
public sealed record ApprovalStage
{
    /// <summary>The id of a stage that is the only one.</summary>
    public const string Only = "decision";

    public required string Id { get; init; }
    public int Quorum { get; init; } = 1;
    public IReadOnlyList<string> Users { get; init; } = [];
    public IReadOnlyList<string> Groups { get; init; } = [];
    public int Step { get; init; }

    public bool IsForEveryone => Users.Count == 0 && Groups.Count == 0;
}
