namespace FlowApps.E2E;

/// <summary>The demo's people and their passwords, as its sign-in page shows them.</summary>
public sealed record Person(string Name, string Password)
{
    public static Person Maya { get; } = new("maya", "sail-2026");
    public static Person Tomas { get; } = new("tomas", "keel-2026");
    public static Person Priya { get; } = new("priya", "tide-2026");
    public static Person Jonas { get; } = new("jonas", "dock-2026");
    public static Person Ines { get; } = new("ines", "mast-2026");
    public static Person Sam { get; } = new("sam", "helm-2026");
}
