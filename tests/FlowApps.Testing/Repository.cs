namespace FlowApps.Testing;

/// <summary>Finds things in the repository from a test's output folder.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
            if (File.Exists(System.IO.Path.Combine(folder, "FlowApps.sln")))
                return folder;
        throw new InvalidOperationException($"No FlowApps.sln above {AppContext.BaseDirectory}.");
    }
}
