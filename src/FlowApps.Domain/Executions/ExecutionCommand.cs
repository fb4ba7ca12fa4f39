using System.Text.Json.Serialization;

namespace FlowApps.Domain.Executions;

/// <summary>Something asked of one execution: by a person, a worker's report, a timer, another execution. The cases are in Executions/Commands.cs.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
public abstract partial record ExecutionCommand;
