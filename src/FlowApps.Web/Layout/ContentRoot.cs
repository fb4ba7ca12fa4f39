namespace FlowApps.Web.Layout;

/// <summary>Where <c>appsettings.json</c> and <c>wwwroot</c> are: the folder we were started in, else that of the program, else one above it (a build in the repository).</summary>
public static class ContentRoot
{
    private const string Settings = "appsettings.json";

    public static string Find()
    {
        var here = Directory.GetCurrentDirectory();
        if (File.Exists(Path.Combine(here, Settings)) && Directory.Exists(Path.Combine(here, "wwwroot"))) return here;
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, Settings)) && Directory.Exists(Path.Combine(folder, "wwwroot")))
                return folder;
        return AppContext.BaseDirectory;
    }

    /// <summary>The files that were published with the program, compressed and fingerprinted; null for a build, whose files are those of the content root.</summary>
    public static string? PublishedFiles()
    {
        var files = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        return Directory.Exists(files) ? files : null;
    }
}
