using FlowApps.Domain.Security;
using FlowApps.Web.Layout;

namespace FlowApps.Web.Security;

/// <summary>Where a person begins: what they do most, by their widest role.</summary>
public static class StartPage
{
    public static string Of(Reader reader) =>
        reader.IsDeveloper ? Routes.Dashboard
        : reader.May(Permission.DecideApprovals) ? Routes.Approvals
        : Routes.Apps;
}
