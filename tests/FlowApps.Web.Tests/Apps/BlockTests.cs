using System.Reflection;
using FlowApps.Domain.Apps;
using FlowApps.Web.Apps.Blocks;

namespace FlowApps.Web.Tests.Apps;

public sealed class BlockTests
{
    [Theory]
    [MemberData(nameof(Blocks))]
    public void Every_block_has_exactly_one_view_or_a_place_on_the_page(Type block)
    {
        var views = typeof(BlockComponents).Assembly.GetTypes().Where(view => view.GetCustomAttribute<BlockAttribute>()?.Block == block);
        Assert.Equal(AppBlocks.IsPlaced(block) ? 0 : 1, views.Count());
    }

    public static TheoryData<Type> Blocks => [.. typeof(AppBlock).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(AppBlock)) && !type.IsAbstract)];
}
