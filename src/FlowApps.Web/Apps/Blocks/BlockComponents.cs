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

    /// <summary>What the author put before the form and its buttons, and what behind them.</summary>
    public static (IReadOnlyList<AppBlock> Before, IReadOnlyList<AppBlock> After) AroundForm(this IReadOnlyList<AppBlock> blocks)
    {
        var form = blocks.TakeWhile(block => !AppBlocks.IsPlaced(block.GetType())).Count();
        return ([.. blocks.Take(form)], [.. blocks.Skip(form).Shown()]);
    }

    /// <summary>The blocks that are shown where the author put them.</summary>
    public static IEnumerable<AppBlock> Shown(this IEnumerable<AppBlock> blocks) => blocks.Where(block => !AppBlocks.IsPlaced(block.GetType()));
}
