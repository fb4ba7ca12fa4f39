using FlowApps.Domain.Executions;

namespace FlowApps.Domain.Approvals;

/// <summary>
/// What happens to a question, from asking to answer. Part of the execution's stream, so each is durable together with what caused it; whoever tells people (mail, chat,
/// the bell) follows these. The end is <see cref="WaitAnswered"/>, or the end of the task run.
/// </summary>
public abstract record WaitEvent(DateTimeOffset At, string TaskRunId) : ExecutionEvent(At);

/// <summary>A question is asked.</summary>
public sealed record WaitOpened(DateTimeOffset At, string TaskRunId, Wait Wait) : WaitEvent(At, TaskRunId);

/// <summary>Somebody decided and may take it back for a moment. <c>Evidence</c>: what they were shown, as JSON.</summary>
public sealed record BallotHeld(DateTimeOffset At, string TaskRunId, Ballot Ballot, DateTimeOffset Until, string? Evidence = null) : WaitEvent(At, TaskRunId);

public sealed record BallotWithdrawn(DateTimeOffset At, string TaskRunId, string BallotId, string? By) : WaitEvent(At, TaskRunId);

/// <summary>A decision was taken. <c>Evidence</c>: what was shown, as JSON; of a ballot that was held it is in <see cref="BallotHeld"/>.</summary>
public sealed record VoteCast(DateTimeOffset At, string TaskRunId, Vote Vote, string? Evidence = null) : WaitEvent(At, TaskRunId);

/// <summary>The requester is asked to change answers.</summary>
public sealed record ChangesAsked(DateTimeOffset At, string TaskRunId, ChangeRequest Request) : WaitEvent(At, TaskRunId);

/// <summary>Answers were changed; who was asked decides anew. <c>Inputs</c>: all inputs of the execution afterwards. <c>Due</c>: the new end of the time to decide. <c>Title</c> and <c>Amount</c>: the question with the new answers.</summary>
public sealed record AnswersEdited(DateTimeOffset At, string TaskRunId, AnswerEdit Edit, IReadOnlyDictionary<string, object?> Inputs, DateTimeOffset? Due = null, string? Title = null, decimal? Amount = null) : WaitEvent(At, TaskRunId);

/// <summary>Somebody asked back or answered.</summary>
public sealed record RemarkMade(DateTimeOffset At, string TaskRunId, Remark Remark) : WaitEvent(At, TaskRunId);

/// <summary>Somebody took it on; colleagues see that.</summary>
public sealed record WaitClaimed(DateTimeOffset At, string TaskRunId, string By) : WaitEvent(At, TaskRunId);

/// <summary>Whoever had taken it on no longer has.</summary>
public sealed record WaitReleased(DateTimeOffset At, string TaskRunId, string? By) : WaitEvent(At, TaskRunId);

/// <summary><c>By</c> handed their part to <c>To</c>.</summary>
public sealed record WaitReassigned(DateTimeOffset At, string TaskRunId, string By, string To, string? Comment = null) : WaitEvent(At, TaskRunId);

/// <summary>Those who still have to decide (both empty: everyone who may) are reminded.</summary>
public sealed record ApprovalReminded(DateTimeOffset At, string TaskRunId, IReadOnlyList<string> Users, IReadOnlyList<string> Groups) : WaitEvent(At, TaskRunId);

/// <summary>Nobody decided in time, so these are asked too, or (<c>Instead</c>) in their place.</summary>
public sealed record ApprovalEscalated(DateTimeOffset At, string TaskRunId, IReadOnlyList<string> Users, IReadOnlyList<string> Groups, bool Instead) : WaitEvent(At, TaskRunId);
