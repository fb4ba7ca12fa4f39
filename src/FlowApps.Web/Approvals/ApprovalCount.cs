using FlowApps.Web.Layout;

namespace FlowApps.Web.Approvals;

/// <summary>How many decisions wait for the reader, beside the menu entry.</summary>
public sealed class ApprovalCount(Inbox inbox) : IMenuCount
{
    public string Route => Routes.Approvals;

    public Task<long> CountAsync(CancellationToken cancellation) => inbox.CountAsync(cancellation);
}
