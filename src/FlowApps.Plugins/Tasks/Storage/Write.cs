using System.Text;

namespace FlowApps.Plugins.Tasks.Storage;

/// <summary>Writes a text into a file of the internal storage.</summary>
[Plugin("core.storage.Write", Icon = "file-text")]
public sealed record Write : RunnableTask
{
    /// <summary>The content; data is written as JSON.</summary>
    public required Property<object> Content { get; init; }

    /// <summary>The extension of the file, such as .txt.</summary>
    public Property<string>? Extension { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var text = Content.Raw is string template ? context.Render(template) ?? "" : Data.Write(context.RenderDeep(Content.Raw));
        var extension = context.Render(Extension) ?? "";
        if (extension.Length > 0 && !extension.StartsWith('.')) extension = "." + extension;
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return TaskOutcome.Success(("uri", await context.PutFileAsync(Ids.New(context.Clock) + extension, content, cancellation)));
    }
}
