namespace FlowApps.Domain.Plugins;

/// <summary>
/// Names a plugin type (task, trigger, condition, task runner, app block). <c>Type</c> is the canonical name without the prefix
/// (<c>core.log.Log</c>); every <c>io.kestra.plugin.</c> form is the same type, <c>Aliases</c> are older full names.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PluginAttribute(string type, params string[] aliases) : Attribute
{
    public string Type { get; } = type;

    public IReadOnlyList<string> Aliases { get; } = aliases;

    /// <summary>Old, still working: flow validation says what to use instead.</summary>
    public bool Deprecated { get; init; }

    /// <summary>A Tabler icon name for graph and menus.</summary>
    public string Icon { get; init; } = "box";
}
