namespace FlowApps.Plugins.Files;

/// <summary>Stores the files of a working directory that a task's <c>outputFiles</c> patterns name.</summary>
internal static class OutputFiles
{
    /// <summary>The rendered patterns of a list, a JSON text of one, or a single pattern.</summary>
    public static IReadOnlyList<string> Patterns(TaskContext context, object? outputFiles, IReadOnlyDictionary<string, object?>? extra = null) => outputFiles switch
    {
        null => [],
        string text => FromText(context.Render(text, extra)),
        _ => Texts(context.RenderDeep(outputFiles, extra)),
    };

    /// <summary>Stores files and returns relative name to URI.</summary>
    public static async Task<OrderedDictionary<string, object?>> StoreAsync(TaskContext context, IEnumerable<(string Name, string Path)> files, CancellationToken cancellation)
    {
        var stored = Data.Map();
        foreach (var (name, path) in files)
        {
            await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 65536, FileOptions.Asynchronous);
            stored[name] = await context.PutFileAsync(name, content, cancellation);
        }
        return stored;
    }

    private static IReadOnlyList<string> FromText(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        return text.TrimStart().StartsWith('[') ? Texts(PropertyConversion.To(typeof(IReadOnlyList<string>), text)) : [text.Trim()];
    }

    private static IReadOnlyList<string> Texts(object? patterns) =>
        (IReadOnlyList<string>?)PropertyConversion.To(typeof(IReadOnlyList<string>), patterns) ?? [];
}
