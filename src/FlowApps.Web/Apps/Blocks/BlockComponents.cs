using System.Collections.Frozen;
using System.Reflection;
using FlowApps.Domain.Apps;

namespace FlowApps.Web.Apps.Blocks;

/// <summary>Which component shows a block, found by attribute.</summary>
public static class BlockComponents
{
    private static readonly FrozenDictionary<Type, Type> ByBlock = typeof(BlockComponents).Assembly.GetTypes()
        .Select(type => (type, type.GetCustomAttribute<BlockAttribute>()?.Block))
        .Where(pair => pair.Block is not null)
        .ToFrozenDictionary(pair => pair.Block!, pair => pair.type);

    /// <summary>Null for a block that the page itself places.</summary>
    public static Type? For(Type block) => ByBlock.GetValueOrDefault(block);

    /// <summary>Forms and the buttons that act: a page has one place for them, wherever the author lists them.</summary>
    public static bool IsPlaced(Type block) =>
        block.IsAssignableTo(typeof(ActionBlock)) || block == typeof(CreateExecutionFormBlock) || block == typeof(ResumeExecutionFormBlock);

    /// <summary>The blocks that are shown where the author put them.</summary>
    public static IEnumerable<AppBlock> Shown(this IEnumerable<AppBlock> blocks) => blocks.Where(block => !IsPlaced(block.GetType()));
}
