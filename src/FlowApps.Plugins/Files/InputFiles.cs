using System.Text;
using System.Text.Json;
using FlowApps.Domain.Files;
using FlowApps.Domain.Namespaces;

namespace FlowApps.Plugins.Files;

/// <summary>Writes a task's <c>inputFiles</c> into its working directory.</summary>
internal static class InputFiles
{
    private const string NamespaceScheme = "nsfile:///";

    /// <summary>See <see cref="IDirectoryTransfer.PrepareAsync"/> for what may be given.</summary>
    public static async Task WriteAsync(TaskContext context, object? inputFiles, IReadOnlyDictionary<string, object?>? extra, CancellationToken cancellation)
    {
        foreach (var (name, content) in Rendered(context, inputFiles, extra))
            await WriteAsync(context, name, content, cancellation);
    }

    /// <summary>Opens what a <c>kestra:///</c> or <c>nsfile:///</c> URI names; null when the text is neither.</summary>
    public static async Task<Stream?> OpenAsync(TaskContext context, string text, CancellationToken cancellation)
    {
        var uri = text.Trim();
        if (FilePaths.FromUri(uri) is not null) return await context.OpenFileAsync(uri, cancellation);
        if (!uri.StartsWith(NamespaceScheme, StringComparison.Ordinal)) return null;
        return await context.Port<INamespaceFileStore>().OpenAsync(context.Flow.Namespace, "/" + uri[NamespaceScheme.Length..], null, cancellation);
    }

    private static async Task WriteAsync(TaskContext context, string name, string content, CancellationToken cancellation)
    {
        await using var target = WorkingFiles.Create(context.WorkingDirectory, name);
        await using var source = await OpenAsync(context, content, cancellation);
        if (source is not null) await source.CopyToAsync(target, cancellation);
        else await target.WriteAsync(Encoding.UTF8.GetBytes(content), cancellation);
    }

    private static IEnumerable<(string Name, string Content)> Rendered(TaskContext context, object? inputFiles, IReadOnlyDictionary<string, object?>? extra)
    {
        var files = inputFiles switch
        {
            null => null,
            string text => Parsed(context.Render(text, extra)),
            _ => context.RenderDeep(inputFiles, extra),
        };
        if (files is null) return [];
        return files is IReadOnlyDictionary<string, object?> map
            ? map.Select(file => (file.Key, (string?)PropertyConversion.To(typeof(string), file.Value) ?? ""))
            : throw new TaskFailedException($"Input files must be a map of names to contents, not {Data.Write(files)}.");
    }

    private static object? Parsed(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : Data.Parse(text);
        }
        catch (JsonException e)
        {
            throw new TaskFailedException($"Input files given as text must be a JSON map of names to contents: {e.Message}", null, e);
        }
    }
}
