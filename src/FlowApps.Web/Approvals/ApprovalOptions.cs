using FlowApps.Domain.Values;

namespace FlowApps.Web.Approvals;

/// <summary>Settings of decisions: <c>FlowApps:Approvals:Undo</c> says how long a decision can be taken back (PT10S; PT0S counts it at once).</summary>
public sealed record ApprovalOptions(TimeSpan Undo)
{
    private const string Setting = "FlowApps:Approvals:Undo";

    /// <summary>Errors: <see cref="InvalidOperationException"/> that names the setting.</summary>
    public static ApprovalOptions Read(IConfiguration configuration)
    {
        var text = configuration[Setting] ?? "PT10S";
        return Duration.TryParse(text, out var undo) && undo >= TimeSpan.Zero && undo <= TimeSpan.FromMinutes(10)
            ? new ApprovalOptions(undo)
            : throw new InvalidOperationException($"The setting {Setting} is '{text}'; it has to be a duration up to ten minutes such as PT10S.");
    }
}
