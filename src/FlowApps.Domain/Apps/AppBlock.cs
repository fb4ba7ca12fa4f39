using FlowApps.Domain.Inputs;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Plugins;

namespace FlowApps.Domain.Apps;

public enum BlockStyle { Default, Info, Success, Warning, Danger, Error }

public enum BlockSize { Small, Default, Medium, Large }

/// <summary>What to show of a map of values.</summary>
public sealed record BlockFilter
{
    public IReadOnlyList<string> Include { get; init; } = [];
    public IReadOnlyList<string> Exclude { get; init; } = [];
}

/// <summary>One block of an app page (reference apps.md, block catalogue). Texts may hold expressions over the request's variables.</summary>
public abstract record AppBlock
{
    public required string Type { get; init; }

    /// <summary>Shown only when this renders truthy.</summary>
    public string? When { get; init; }
}

[Plugin("apps.core.blocks.Markdown", "io.kestra.plugin.ee.apps.core.blocks.Markdown")]
public sealed record MarkdownBlock : AppBlock
{
    public required string Content { get; init; }
}

[Plugin("apps.core.blocks.Alert", "io.kestra.plugin.ee.apps.core.blocks.Alert")]
public sealed record AlertBlock : AppBlock
{
    public required string Content { get; init; }
    public BlockStyle Style { get; init; } = BlockStyle.Info;
    public bool ShowIcon { get; init; } = true;
}

[Plugin("apps.core.blocks.Button", "io.kestra.plugin.ee.apps.core.blocks.Button")]
public sealed record ButtonBlock : AppBlock
{
    public required string Text { get; init; }
    public required string Url { get; init; }
    public BlockStyle Style { get; init; }
    public BlockSize Size { get; init; } = BlockSize.Default;
}

[Plugin("apps.core.blocks.RedirectTo", "io.kestra.plugin.ee.apps.core.blocks.RedirectTo")]
public sealed record RedirectToBlock : AppBlock
{
    public required string Url { get; init; }
    public TimeSpan? Delay { get; init; }
}

[Plugin("apps.core.blocks.Loading", "io.kestra.plugin.ee.apps.core.blocks.Loading")]
public sealed record LoadingBlock : AppBlock;

[Plugin("apps.core.blocks.AutoRefresh", "io.kestra.plugin.ee.apps.core.blocks.AutoRefresh")]
public sealed record AutoRefreshBlock : AppBlock;

[Plugin("apps.core.blocks.Divider", "io.kestra.plugin.ee.apps.core.blocks.Divider")]
public sealed record DividerBlock : AppBlock;

[Plugin("apps.core.blocks.Image", "io.kestra.plugin.ee.apps.core.blocks.Image")]
public sealed record ImageBlock : AppBlock
{
    /// <summary>A picture of the app's namespace, <c>nsfile:///chart.png</c>. An address elsewhere becomes a link: pages load nothing from other places.</summary>
    [Alias("source")]
    public required string Url { get; init; }
    public string? Alt { get; init; }
}

[Plugin("apps.core.blocks.Table", "io.kestra.plugin.ee.apps.core.blocks.Table")]
public sealed record TableBlock : AppBlock
{
    /// <summary>A list of row maps, or an expression that gives one.</summary>
    public required object Data { get; init; }
}

/// <summary>Blocks beside each other; below each other on a phone.</summary>
[Plugin("apps.core.blocks.Columns")]
public sealed record ColumnsBlock : AppBlock
{
    public required IReadOnlyList<AppColumn> Columns { get; init; }
}

public sealed record AppColumn
{
    /// <summary>How wide in relation to the others, 1 to 3.</summary>
    public int Width { get; init; } = 1;
    public required IReadOnlyList<AppBlock> Blocks { get; init; }
}

/// <summary>Blocks of which one group shows at a time, by its title. Works without a script.</summary>
[Plugin("apps.core.blocks.Tabs")]
public sealed record TabsBlock : AppBlock
{
    public required IReadOnlyList<AppTab> Tabs { get; init; }
}

public sealed record AppTab
{
    public required string Title { get; init; }
    public required IReadOnlyList<AppBlock> Blocks { get; init; }
}

public enum ChartKind { Bar, Column, Line }

/// <summary>A chart of rows, drawn by the server; the figures stand below it for those who do not see it.</summary>
[Plugin("apps.core.blocks.Chart")]
public sealed record ChartBlock : AppBlock
{
    public ChartKind Kind { get; init; } = ChartKind.Bar;

    /// <summary>A list of row maps, or an expression that gives one.</summary>
    public required object Data { get; init; }

    /// <summary>The key of a row that names it.</summary>
    public required string Label { get; init; }

    /// <summary>The key of a row that holds its number.</summary>
    public required string Value { get; init; }
    public string? Title { get; init; }
}

/// <summary>The reader's own newest requests through this app, with where each stands. Empty for somebody who is not signed in.</summary>
[Plugin("apps.core.blocks.MyRequests")]
public sealed record MyRequestsBlock : AppBlock
{
    /// <summary>How many, 1 to 25.</summary>
    public int Size { get; init; } = 5;
}

[Plugin("apps.core.blocks.Stacktrace", "io.kestra.plugin.ee.apps.core.blocks.Stacktrace")]
public sealed record StacktraceBlock : AppBlock;

[Plugin("apps.execution.blocks.CreateExecutionForm", "io.kestra.plugin.ee.apps.execution.blocks.CreateExecutionForm")]
public sealed record CreateExecutionFormBlock : AppBlock;

/// <summary>A button that acts on the request.</summary>
public abstract record ActionBlock : AppBlock
{
    public string? Text { get; init; }
    public BlockStyle Style { get; init; }
    public BlockSize Size { get; init; } = BlockSize.Default;
}

[Plugin("apps.execution.blocks.CreateExecutionButton", "io.kestra.plugin.ee.apps.execution.blocks.CreateExecutionButton")]
public sealed record CreateExecutionButtonBlock : ActionBlock;

[Plugin("apps.execution.blocks.ResumeExecutionForm", "io.kestra.plugin.ee.apps.execution.blocks.ResumeExecutionForm")]
public sealed record ResumeExecutionFormBlock : AppBlock;

[Plugin("apps.execution.blocks.ResumeExecutionButton", "io.kestra.plugin.ee.apps.execution.blocks.ResumeExecutionButton")]
public sealed record ResumeExecutionButtonBlock : ActionBlock;

[Plugin("apps.execution.blocks.CancelExecutionButton", "io.kestra.plugin.ee.apps.execution.blocks.CancelExecutionButton")]
public sealed record CancelExecutionButtonBlock : ActionBlock;

[Plugin("apps.execution.blocks.Inputs", "io.kestra.plugin.ee.apps.execution.blocks.Inputs")]
public sealed record InputsBlock : AppBlock
{
    public BlockFilter Filter { get; init; } = new();
}

[Plugin("apps.execution.blocks.Outputs", "io.kestra.plugin.ee.apps.execution.blocks.Outputs")]
public sealed record OutputsBlock : AppBlock
{
    public BlockFilter Filter { get; init; } = new();
}

public sealed record TaskOutputItem
{
    public required string DisplayName { get; init; }
    public required string Value { get; init; }
    public required InputType Type { get; init; }
    public string? Description { get; init; }
}

[Plugin("apps.execution.blocks.TaskOutputs", "io.kestra.plugin.ee.apps.execution.blocks.TaskOutputs")]
public sealed record TaskOutputsBlock : AppBlock
{
    public required IReadOnlyList<TaskOutputItem> Outputs { get; init; }
}

public sealed record LogsFilter
{
    public LogLevel LogLevel { get; init; } = LogLevel.Info;
    public IReadOnlyList<string> TaskIds { get; init; } = [];
}

[Plugin("apps.execution.blocks.Logs", "io.kestra.plugin.ee.apps.execution.blocks.Logs")]
public sealed record LogsBlock : AppBlock
{
    public LogsFilter Filter { get; init; } = new();
}
