namespace FlowApps.Domain.Apps;

public static class AppBlocks
{
    /// <summary>Forms and the buttons that act: a page has one place for them, wherever the author lists them.</summary>
    public static bool IsPlaced(Type block) =>
        block.IsAssignableTo(typeof(ActionBlock)) || block == typeof(CreateExecutionFormBlock) || block == typeof(ResumeExecutionFormBlock);

    /// <summary>The blocks directly inside this one.</summary>
    public static IEnumerable<AppBlock> Inside(this AppBlock block) => block switch
    {
        ColumnsBlock columns => columns.Columns.SelectMany(column => column.Blocks),
        TabsBlock tabs => tabs.Tabs.SelectMany(tab => tab.Blocks),
        _ => [],
    };

    /// <summary>All blocks in reading order, those inside others too.</summary>
    public static IEnumerable<AppBlock> Flatten(this IEnumerable<AppBlock> blocks) => blocks.SelectMany(block => Flatten(block.Inside()).Prepend(block));
}
