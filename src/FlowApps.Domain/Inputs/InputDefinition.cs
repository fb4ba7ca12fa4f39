using FlowApps.Domain.Plugins;

namespace FlowApps.Domain.Inputs;

/// <summary>The types an input can have (kestra-semantics 2.2). BOOLEAN and ENUM are the old names of BOOL and SELECT.</summary>
public enum InputType
{
    String, Int, Float, Bool, Boolean, Select, Multiselect, Enum, Date, Datetime, Time, Duration,
    File, Json, Yaml, Uri, Email, Secret, Array, Form,
}

/// <summary>When an input is asked for: all named inputs are, and the condition (default true) holds.</summary>
public sealed record InputDependency(IReadOnlyList<string> Inputs, string? Condition);

/// <summary>A choice: what is stored and what people read.</summary>
public sealed record InputOption(string Value, string? Label = null)
{
    public string Text => Label ?? Value;
}

/// <summary>
/// An input of a flow, of a Pause's <c>onResume</c> or of an app form. One record for all types: a field that a type does not have is refused on
/// reading, see <c>InputFields</c>. <c>Defaults</c>, <c>Prefill</c> may be expressions. Bounds are kept as text and compared in the input's own type.
/// </summary>
public sealed record InputDefinition
{
    [Alias("name")]
    public required string Id { get; init; }
    public required InputType Type { get; init; }
    public string? Description { get; init; }
    public string? DisplayName { get; init; }
    public bool Required { get; init; } = true;
    public object? Defaults { get; init; }
    public object? Prefill { get; init; }
    public InputDependency? DependsOn { get; init; }

    /// <summary>STRING, SECRET: a regular expression that the whole text must match.</summary>
    public string? Validator { get; init; }

    /// <summary>INT, FLOAT, DURATION: inclusive bounds. ARRAY: how many items there may be.</summary>
    public object? Min { get; init; }
    public object? Max { get; init; }

    /// <summary>DATE, TIME, DATETIME: inclusive bounds.</summary>
    public string? After { get; init; }
    public string? Before { get; init; }

    /// <summary>SELECT, MULTISELECT, ENUM: fixed choices, or an expression that renders to a list.</summary>
    [Alias("options")]
    public IReadOnlyList<InputOption>? Values { get; init; }
    public string? Expression { get; init; }
    public bool AllowCustomValue { get; init; }
    public bool IsRadio { get; init; }
    public bool AutoSelectFirst { get; init; }

    /// <summary>ARRAY, MULTISELECT: the type of each element. FORM (ARRAY only): each element is a row that answers <see cref="Inputs"/>.</summary>
    public InputType? ItemType { get; init; }

    /// <summary>FILE: the extension given to an upload without one, and the extensions accepted.</summary>
    public string? Extension { get; init; }
    public IReadOnlyList<string>? AllowedFileExtensions { get; init; }
    public string? Accept { get; init; }

    /// <summary>JSON: a JSON Schema (2020-12) that the value must meet.</summary>
    public object? JsonSchema { get; init; }

    /// <summary>FORM: the inputs of one wizard step; their values nest below this id. ARRAY of FORM: what each row asks for; conditions see the row as <c>row</c>.</summary>
    public IReadOnlyList<InputDefinition> Inputs { get; init; } = [];

    public string Title => DisplayName ?? Id;

    /// <summary>Asks for rows: a list of maps.</summary>
    public bool HasRows => Type == InputType.Array && ItemType == InputType.Form;
}
