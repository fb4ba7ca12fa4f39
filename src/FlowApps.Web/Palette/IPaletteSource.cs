using FlowApps.Web.Look;

namespace FlowApps.Web.Palette;

/// <summary>What the command palette can find, from one feature. Registered by that feature; answers with what this reader may see.</summary>
public interface IPaletteSource
{
    /// <summary>Groups are shown by this number, the smallest first.</summary>
    int Order { get; }

    /// <summary>At most <paramref name="limit"/> hits. <paramref name="query"/> is what was typed, trimmed; empty when the palette has just opened.</summary>
    Task<PaletteGroup> FindAsync(string query, int limit, CancellationToken cancellation);
}

/// <summary>Hits of one kind below a title.</summary>
public sealed record PaletteGroup(string Title, IReadOnlyList<PaletteHit> Hits);

/// <summary>Somewhere to go: a page, or a page that asks before it does something.</summary>
public sealed record PaletteHit(string Title, string Address, string Remark = "", string Icon = "arrow-right", Silhouette? Of = null);
