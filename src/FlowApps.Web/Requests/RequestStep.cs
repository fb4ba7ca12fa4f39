using FlowApps.Web.Look;

namespace FlowApps.Web.Requests;

/// <summary>One stage of a request in the author's words. <c>Shape</c> null: not reached yet.</summary>
public sealed record RequestStep(string Title, Silhouette? Shape, string? Remark, DateTimeOffset? At)
{
    public bool IsPast => Shape is Silhouette.Success or Silhouette.Warning or Silhouette.Skipped;
}
