using System.Collections.Frozen;
using System.Reflection;

namespace FlowApps.Web.Apps.Blocks;

/// <summary>Which component shows a block, found by attribute.</summary>
public static class BlockComponents
{
    private static readonly FrozenDictionary<Type, Type> ByBlock = typeof(BlockComponents).Assembly.GetTypes()
        .Select(type => (type, type.GetCustomAttribute<BlockAttribute>()?.Block))
        .Where(pair => pair.Block is not null)
        .ToFrozenDictionary(pair => pair.Block!, pair => pair.type);

    public static Type? For(Type block) => ByBlock.GetValueOrDefault(block);
}
