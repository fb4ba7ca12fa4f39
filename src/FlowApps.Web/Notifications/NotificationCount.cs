using FlowApps.Domain.Notifications;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Notifications;

/// <summary>How much the reader was told and has not read, on the bell.</summary>
public sealed class NotificationCount(INotificationStore store, Reader reader) : IMenuCount
{
    public string Route => Routes.Notifications;

    public Task<long> CountAsync(CancellationToken cancellation) => store.CountUnreadAsync(reader.Name, cancellation);
}
