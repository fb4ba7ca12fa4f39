using FlowApps.Domain.Problems;

namespace FlowApps.Domain.Inputs;

/// <summary>An input as resolved from what was given: whether it is asked for at all, its typed value, its choices, what is wrong with it.</summary>
public sealed record ResolvedInput(InputDefinition Input, object? Value, bool Enabled, bool IsDefault, IReadOnlyList<Problem> Errors)
{
    /// <summary>SELECT, MULTISELECT: the choices after rendering <c>expression</c>.</summary>
    public IReadOnlyList<InputOption> Options { get; init; } = [];

    /// <summary>ARRAY of FORM: each row, resolved as a form of its own. Their errors are in <see cref="Errors"/> too, with the path <c>id[row].field</c>.</summary>
    public IReadOnlyList<IReadOnlyList<ResolvedInput>> Rows { get; init; } = [];

    /// <summary>The choices could not be fetched: asking again may help.</summary>
    public bool ChoicesFailed { get; init; }
}
