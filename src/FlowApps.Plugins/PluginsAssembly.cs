namespace FlowApps.Plugins;

/// <summary>Names this assembly to the plugin catalogue.</summary>
public static class PluginsAssembly;
