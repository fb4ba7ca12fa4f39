using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Tasks.Http;

/// <summary>Downloads a file over HTTP into the internal storage.</summary>
[Plugin("core.http.Download", "io.kestra.plugin.fs.http.Download", Icon = "download")]
public sealed record Download : HttpTask
{
    /// <summary>Whether an empty answer fails the task.</summary>
    public Property<bool> FailOnEmptyResponse { get; init; } = new(true);

    /// <summary>The name of the stored file; by default the one that the answer or the address gives.</summary>
    public Property<string>? SaveAs { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        using var exchange = await SendAsync(context, cancellation);
        await using var scratch = new ScratchFile(context);
        var length = await exchange.CopyToAsync(scratch.Content, long.MaxValue, cancellation);
        if (length == 0 && context.Render(FailOnEmptyResponse)) throw new TaskFailedException($"{exchange.Uri} answered with nothing.");
        var uri = await scratch.StoreAsAsync(context.Render(SaveAs) ?? NameOf(exchange), cancellation);
        return TaskOutcome.Success(("uri", uri), ("code", exchange.Code), ("length", length), ("headers", exchange.Headers));
    }

    private static string NameOf(HttpExchange exchange)
    {
        var disposition = exchange.Response.Content.Headers.ContentDisposition;
        var given = disposition?.FileNameStar ?? disposition?.FileName?.Trim('"') ?? Path.GetFileName(new Uri(exchange.Uri).LocalPath);
        var name = new string([.. given.Where(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_')]).TrimStart('.');
        return name.Length == 0 ? "download" : name;
    }
}
