using FlowApps.Domain.Notifications;
using FlowApps.Web.Layout;
using FlowApps.Web.Look;

namespace FlowApps.Web.Notifications;

/// <summary>How a line looks and where it leads.</summary>
public static class NotificationLook
{
    public static Silhouette Shape(this Notification line) => line switch
    {
        { Settled: not null } => Silhouette.Skipped,
        { Kind: NoticeKind.Asked or NoticeKind.Reminded or NoticeKind.Escalated } => Silhouette.Waiting,
        { Kind: NoticeKind.Failed } => Silhouette.Failed,
        { Kind: NoticeKind.Withdrawn } => Silhouette.Killed,
        { Kind: NoticeKind.Decided or NoticeKind.ChangesAsked or NoticeKind.Remarked } => Silhouette.Changes,
        _ => Silhouette.Success,
    };

    /// <summary>The page that it is about.</summary>
    public static string Page(this Notification line) => line.TaskRunId is { } run ? Routes.To(Routes.Approval, line.ExecutionId, run) : Routes.To(Routes.Request, line.ExecutionId);
}
