namespace FlowApps.Web.Apps.Blocks;

/// <summary>Names the app block that a component shows. Exactly one component per block that a page does not place itself; a test walks the blocks.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BlockAttribute(Type block) : Attribute
{
    public Type Block { get; } = block;
}
