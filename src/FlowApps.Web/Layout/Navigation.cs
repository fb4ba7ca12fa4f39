using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Layout;

/// <summary>The menus. Each reader sees the entries that they may open; a page that does not exist is not here.</summary>
public static class Navigation
{
    private static readonly IReadOnlyList<MenuGroup> Development =
    [
        new(null,
        [
            new("Home", "layout-dashboard", Routes.Dashboard, Permission.ReadExecutions, "h"), // icon
            new("Flows", "git-merge", Routes.Flows, Permission.ReadFlows, "f"), // icon
            new("Executions", "player-play", Routes.Executions, Permission.ReadExecutions, "e"), // icon
            new("Triggers", "bolt", Routes.Triggers, Permission.ReadTriggers, "t"), // icon
            new("Logs", "align-left", Routes.Logs, Permission.ReadLogs, "l"), // icon
        ]),
        new("Build",
        [
            new("Namespaces", "folders", Routes.Namespaces, Permission.ReadNamespaces, "n"), // icon
            new("Blueprints", "template", Routes.Blueprints, Permission.ReadFlows, "b"), // icon
            new("Apps", "app-window", Routes.AppSources, Permission.ReadApps, "a"), // icon
        ]),
        new("People",
        [
            new("Approvals", "inbox", Routes.Approvals, Permission.DecideApprovals, "i"), // icon
            new("Accounts", "users", Routes.Accounts, Permission.Administer), // icon
            new("Messages", "mail", Routes.Messages, Permission.Administer), // icon
        ]),
    ];

    private static readonly IReadOnlyList<MenuEntry> Requests =
    [
        new("Apps", "layout-grid", Routes.Apps, Permission.UseApps, "a"), // icon
        new("My requests", "file-text", Routes.Requests, Permission.UseApps, "r"), // icon
        new("Approvals", "inbox", Routes.Approvals, Permission.DecideApprovals, "i"), // icon
    ];

    public static IReadOnlyList<MenuGroup> Developers(Reader reader) => Development
        .Select(group => group with { Entries = Open(group.Entries, reader) })
        .Where(group => group.Entries.Count > 0)
        .ToList();

    public static IReadOnlyList<MenuEntry> People(Reader reader) => Open(Requests, reader);

    private static List<MenuEntry> Open(IReadOnlyList<MenuEntry> entries, Reader reader) =>
        entries.Where(entry => Pages.Exist(entry.Route) && reader.May(entry.Permission)).ToList();
}
