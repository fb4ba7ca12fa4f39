using FlowApps.Domain.Apps;
using Microsoft.AspNetCore.Components;

namespace FlowApps.Web.Apps.Blocks;

/// <summary>What every block component gets.</summary>
public abstract class BlockBase<TBlock> : ComponentBase where TBlock : AppBlock
{
    [Parameter, EditorRequired] public TBlock Block { get; set; } = null!;

    [Parameter, EditorRequired] public BlockContext Context { get; set; } = null!;
}
