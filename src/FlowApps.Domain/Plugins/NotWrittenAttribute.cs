namespace FlowApps.Domain.Plugins;

/// <summary>A property that the product sets and no text gives; in a text it is unknown.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotWrittenAttribute : Attribute;
