using FlowApps.Domain.Approvals;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Requests.Changes;

/// <summary>The requester's answers, opened again where somebody asked for a change.</summary>
public sealed record ChangeForm(RequestView Request, Wait Wait, IReadOnlyList<ResolvedInput> Inputs)
{
    public IReadOnlyDictionary<string, object?> Entries { get; init; } = Data.Map();
    public string? Comment { get; init; }

    /// <summary>Null: it was sent, every error shows.</summary>
    public IReadOnlySet<string>? Touched { get; init; } = new HashSet<string>();
    public string? Refusal { get; init; }

    public ChangeRequest Asked => Wait.Changes!;

    public bool HasWrong => Inputs.Any(input => input.Errors.Count > 0);

    public string Address => Layout.Routes.To(Layout.Routes.RequestChanges, Request.Id, Wait.TaskRunId);
}
