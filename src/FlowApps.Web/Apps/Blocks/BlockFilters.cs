using FlowApps.Domain.Apps;

namespace FlowApps.Web.Apps.Blocks;

public static class BlockFilters
{
    /// <summary>Named to be shown, or not named to be hidden when nothing is named to be shown.</summary>
    public static bool Lets(this BlockFilter filter, string name) =>
        (filter.Include.Count == 0 || filter.Include.Contains(name)) && !filter.Exclude.Contains(name);
}
