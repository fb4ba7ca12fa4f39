using FlowApps.Domain.Flows;
using FlowApps.Engine.Executions;

namespace FlowApps.Runtime.Executions;

/// <summary>A new execution, ready to be decided: its flow, and how its first events come about.</summary>
internal sealed record NewStart(Flow Flow, Func<ExecutionDecider, Moment, Decision> Decide);
