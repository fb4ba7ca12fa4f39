using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;

namespace FlowApps.Engine.Executions;

/// <summary>
/// The answer to a command: new events (none when it changes nothing), the execution after them, what must be done because of them, or why it was refused.
/// </summary>
public sealed record Decision(IReadOnlyList<ExecutionEvent> Events, Execution State, IReadOnlyList<Effect> Effects, Problem? Refusal = null);
