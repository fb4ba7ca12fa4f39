using FlowApps.Domain.Approvals;
using FlowApps.Web.Layout;

namespace FlowApps.Web.Approvals;

/// <summary>Which part of the inbox is looked at; all of it is in the address.</summary>
public sealed record InboxView(string? Tab = null, string? Only = null, string? Text = null, int Page = 1, bool Several = false)
{
    public const string Others = "others";
    public const string Decided = "decided";
    public const string Mine = "mine";
    public const string Team = "team";
    public const string Today = "today";
    public const string Urgent = "urgent";

    public WaitLane Lane => Tab switch
    {
        Decided => WaitLane.Decided,
        Others => WaitLane.WithOthers,
        _ => Only switch { Mine => WaitLane.Assigned, Team => WaitLane.Available, _ => WaitLane.ToDecide },
    };

    public bool IsToDecide => Tab is not (Decided or Others);

    /// <summary>Something is left out on purpose.</summary>
    public bool IsNarrowed => Only is not null || !string.IsNullOrWhiteSpace(Text);

    public string Address => Routes.Approvals + Query;

    /// <summary>To an open case, with the queue beside it as it is.</summary>
    public string To(Wait wait) => Routes.To(Routes.Approval, wait.ExecutionId, wait.TaskRunId) + Query;

    public string Query => QueryString.Create(new Dictionary<string, string?>
    {
        ["tab"] = Tab,
        ["only"] = Only,
        ["q"] = string.IsNullOrWhiteSpace(Text) ? null : Text,
        ["page"] = Page > 1 ? Page.ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
        ["several"] = Several ? "true" : null,
    }.Where(pair => pair.Value is not null)).ToString();
}
