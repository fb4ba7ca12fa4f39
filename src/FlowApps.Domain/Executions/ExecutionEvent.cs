using System.Text.Json.Serialization;

namespace FlowApps.Domain.Executions;

/// <summary>
/// A fact about one execution. The family is closed and owned by the engine: cases in Executions/Events.cs, each with a stable snake_case name
/// (store names are a contract, class names are not). Times, ids, rendered answers are in the event; replay asks nothing.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
public abstract partial record ExecutionEvent(DateTimeOffset At);
