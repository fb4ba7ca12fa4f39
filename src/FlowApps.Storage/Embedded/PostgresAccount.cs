using System.Globalization;
using System.Runtime.InteropServices;

namespace FlowApps.Storage.Embedded;

/// <summary>
/// The unprivileged account that Postgres runs as when this process is root (Postgres refuses to be root): postgres, else nobody.
/// </summary>
internal sealed record PostgresAccount(string Name, uint Uid, uint Gid)
{
    private static bool HasTools => new[] { "setpriv", "setsid" }.All(tool => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, tool))));

    /// <summary>Null when this process is not root and starts Postgres as itself.</summary>
    public static PostgresAccount? Needed()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") return null;
        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(parts => parts.Length > 3)
            .ToLookup(parts => parts[0], parts => new PostgresAccount(parts[0], uint.Parse(parts[2], CultureInfo.InvariantCulture), uint.Parse(parts[3], CultureInfo.InvariantCulture)));
        return accounts["postgres"].Concat(accounts["nobody"]).FirstOrDefault()
            ?? throw new InvalidOperationException("The built-in database cannot run as root, and there is no account 'postgres' or 'nobody' to run it as.");
    }

    /// <summary>The command, run as this account.</summary>
    public static IReadOnlyList<string> Prefix(PostgresAccount? account, bool endsWithUs, IReadOnlyList<string> command)
    {
        if (!OperatingSystem.IsLinux() || (account is null && !HasTools)) return command;
        string[] ends = endsWithUs ? ["--pdeathsig", "INT"] : [];
        string[] becomes = account is null ? [] : [$"--reuid={account.Uid}", $"--regid={account.Gid}", "--clear-groups"];
        // A session of its own: Ctrl-C in a terminal is for us first, and we stop the database when we are done with it.
        string[] session = endsWithUs ? ["setsid"] : [];
        // Who asks for the signal only after we are gone never gets it.
        string[] withUs = endsWithUs ? ["sh", "-c", $"test \"$PPID\" = {Environment.ProcessId} && exec \"$@\"", "sh"] : [];
        return ends.Length + becomes.Length == 0 ? command : [.. session, "setpriv", .. becomes, .. ends, .. withUs, .. command];
    }

    public void Own(string path)
    {
        if (Chown(path, Uid, Gid) != 0) throw new InvalidOperationException($"The folder {path} cannot be given to the account '{Name}' that runs the built-in database (error {Marshal.GetLastPInvokeError()}).");
    }

    [DllImport("libc", EntryPoint = "chown", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Chown(string path, uint owner, uint group);
}
