using FlowApps.Domain.Security;

namespace FlowApps.Web.Layout;

/// <summary>A line of the menu. <c>Key</c>: the letter after G that goes there.</summary>
public sealed record MenuEntry(string Title, string Icon, string Route, Permission Permission, string? Key = null)
{
    public bool IsCurrent(string path) =>
        path.Equals(Route, StringComparison.Ordinal) || path.StartsWith(Route + "/", StringComparison.Ordinal);
}

/// <summary>Lines that belong together, with a title or none.</summary>
public sealed record MenuGroup(string? Title, IReadOnlyList<MenuEntry> Entries);
