namespace FlowApps.Web.Security;

/// <summary>A page with the code editor, which sets style attributes of its own; every other page forbids them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InlineStylesAttribute : Attribute;
