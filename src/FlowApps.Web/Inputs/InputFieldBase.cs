using System.Globalization;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Web.Apps.Wording;
using FlowApps.Web.Look;
using Microsoft.AspNetCore.Components;

namespace FlowApps.Web.Inputs;

/// <summary>What every field component gets: the input, what stands in it now, and the ids that tie it to label, hint and error.</summary>
public abstract class InputFieldBase : ComponentBase
{
    [Parameter, EditorRequired] public ResolvedInput Resolved { get; set; } = null!;

    /// <summary>What the person typed, to the letter; null when nothing was typed yet, then the resolved value shows.</summary>
    [Parameter] public object? Entry { get; set; }

    [Parameter, EditorRequired] public FieldFrame.Attributes At { get; set; } = null!;

    /// <summary>The reader's time zone, for date-times.</summary>
    [Parameter] public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>The name of a control inside a row; null: the input's own id.</summary>
    [Parameter] public string? Path { get; set; }

    /// <summary>Where a row that is added or removed is asked for; null: only with the form itself.</summary>
    [Parameter] public string? ChangeAddress { get; set; }

    /// <summary>Where files are sent to; null: only with the form itself.</summary>
    [Parameter] public string? UploadAddress { get; set; }

    /// <summary>The form's own words in the reader's language.</summary>
    [CascadingParameter] public AppWording? Wording { get; set; }

    protected string Say(string text) => Wording?.Say(text) ?? text;

    protected InputDefinition Input => Resolved.Input;

    protected string Name => InputEntries.Prefix + (Path ?? Input.Id);

    /// <summary>Written as the control's text: what was typed, else the default or prefilled value.</summary>
    protected string Text => Write(Current);

    protected object? Current => Entry ?? Resolved.Value ?? Input.Prefill;

    protected IReadOnlyList<string> Texts => Current switch
    {
        null => [],
        string text when Entry is null && text.StartsWith('[') && Data.Parse(text) is IReadOnlyList<object?> list => list.Select(Write).ToList(),
        string text => [text],
        IReadOnlyList<object?> list => list.Select(Write).ToList(),
        var other => [Write(other)],
    };

    /// <summary>The choices; what is chosen already stays a choice even when it is no longer offered, so that the refusal can be read beside it.</summary>
    protected IReadOnlyList<InputOption> Options => Resolved.Options.Count > 0 ? Resolved.Options : Input.Values ?? [];

    protected static string Write(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        IReadOnlyDictionary<string, object?> or IReadOnlyList<object?> => Data.Write(value),
        TimeSpan duration => Duration.Write(duration),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
