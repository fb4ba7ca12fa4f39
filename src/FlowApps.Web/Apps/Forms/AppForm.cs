using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Apps.Forms;

/// <summary>A form as it stands: the app and flow, what was typed, what it resolves to, whose errors show.</summary>
public sealed record AppForm(App App, Flow Flow, IReadOnlyList<ResolvedInput> Inputs)
{
    public IReadOnlyDictionary<string, object?> Entries { get; init; } = Data.Map();

    /// <summary>Null: the form was sent, every error shows.</summary>
    public IReadOnlySet<string>? Touched { get; init; } = new HashSet<string>();
    public DateTimeOffset? SavedAt { get; init; }

    /// <summary>Makes sending it twice harmless; kept when the form is refused.</summary>
    public string? Key { get; init; }

    /// <summary>What is wrong that belongs to no single field.</summary>
    public IReadOnlyList<string> Refusals { get; init; } = [];

    public IEnumerable<ResolvedInput> Wrong => Inputs.Where(input => input.Enabled && input.Errors.Count > 0);
}
