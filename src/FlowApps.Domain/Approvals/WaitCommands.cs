using FlowApps.Domain.Executions;

namespace FlowApps.Domain.Approvals;

/// <summary>Something that a person does with a question.</summary>
public abstract record WaitCommand(string TaskRunId) : ExecutionCommand;

/// <summary>Decides. <c>Hold</c>: it can be taken back for so long. <c>Editor</c>: who saved the flow's revision. <c>Evidence</c>: what was shown, as JSON.</summary>
public sealed record Decide(string TaskRunId, Ballot Ballot, TimeSpan? Hold = null, string? Editor = null, string? Evidence = null) : WaitCommand(TaskRunId);

/// <summary>Takes a held ballot back.</summary>
public sealed record WithdrawBallot(string TaskRunId, string BallotId, string By) : WaitCommand(TaskRunId);

/// <summary>Takes a held ballot now rather than when its time is over.</summary>
public sealed record SettleBallot(string TaskRunId, string BallotId, string? By) : WaitCommand(TaskRunId);

public sealed record ClaimWait(string TaskRunId, string By, IReadOnlyList<string> Groups) : WaitCommand(TaskRunId);

public sealed record ReleaseWait(string TaskRunId, string By, IReadOnlyList<string> Groups) : WaitCommand(TaskRunId);

public sealed record ReassignWait(string TaskRunId, string By, IReadOnlyList<string> Groups, string To, string? Comment = null) : WaitCommand(TaskRunId);

/// <summary>Asks back or answers. <c>Person</c>: whose part it is, another than <c>By</c> when their place is taken.</summary>
public sealed record MakeRemark(string TaskRunId, string By, string Person, IReadOnlyList<string> Groups, string Text) : WaitCommand(TaskRunId);

/// <summary>The requester's new answers: all inputs of the execution afterwards, typed.</summary>
public sealed record EditAnswers(string TaskRunId, string By, IReadOnlyDictionary<string, object?> Inputs, string? Comment = null) : WaitCommand(TaskRunId);
