using FlowApps.Domain.Security;
using FlowApps.Web.Layout;

namespace FlowApps.Web.Security;

/// <summary>Where a person begins: what they do most, by their widest role.</summary>
public static class StartPage
{
    private static readonly string Development = new[] { Routes.Dashboard, Routes.Flows, Routes.Apps }.First(Pages.Exist);

    public static string Of(Reader reader) =>
        reader.IsDeveloper ? Development
        : reader.May(Permission.DecideApprovals) ? Routes.Approvals
        : Routes.Apps;
}
