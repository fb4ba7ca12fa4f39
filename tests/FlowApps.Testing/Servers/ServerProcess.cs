using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace FlowApps.Testing.Servers;

/// <summary>
/// The real server in a process of its own: a copy of its build output (a rebuild during the test does not pull the ground away), a free port, its own
/// data folder with its own embedded database. Disposing stops it as Ctrl-C does and removes the folder.
/// </summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    public const string AdminName = "admin";
    public const string AdminPassword = "a-long-test-password";

    private const int KilledBySignal9 = 128 + 9;
    private const int MostLines = 5000;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
    private readonly ConcurrentQueue<string> output = new();
    private Process? process;

    private readonly string program;

    private ServerProcess(string folder, string program, IReadOnlyDictionary<string, string> environment) => (Folder, this.program, Environment) = (folder, program, new(environment));

    /// <summary>Variables of the process besides this one's own; a change counts from the next start on.</summary>
    public Dictionary<string, string> Environment { get; }

    public bool IsRunning => process is { HasExited: false };

    /// <summary>It was ended without warning (KILL), whoever did it.</summary>
    public bool WasKilled => process is { HasExited: true, ExitCode: KilledBySignal9 };

    /// <summary>Of the process that runs now.</summary>
    public int Id => process!.Id;

    /// <summary>Everything of this server on disk: <c>app</c> and <c>data</c>.</summary>
    public string Folder { get; }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>What it printed so far, for a failed test's message.</summary>
    public string Output => string.Join('\n', output);

    /// <param name="arguments">More of the command line, such as <c>--demo</c> or <c>--FlowApps:Key=value</c>.</param>
    public static Task<ServerProcess> StartAsync(params string[] arguments) => StartAsync(new Dictionary<string, string>(), arguments);

    /// <param name="environment">Variables of the process besides this one's own.</param>
    /// <param name="arguments">As above.</param>
    public static Task<ServerProcess> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartAsync(Repository.Path("src", "FlowApps.Web", "bin", Configuration, "net10.0", "FlowApps.Web.dll"), environment, arguments);

    /// <param name="program">The assembly to run; its folder is copied.</param>
    /// <param name="environment">As above.</param>
    /// <param name="arguments">As above.</param>
    public static async Task<ServerProcess> StartAsync(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("flowapps-test-").FullName;
        // An embedded database may run as another user, who has to reach its folder.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        if (!File.Exists(program)) throw new InvalidOperationException($"Build it first: there is no {program}.");
        Copy(Path.GetDirectoryName(program)!, Path.Combine(folder, "app"));
        var server = new ServerProcess(folder, Path.GetFileName(program), environment);
        try
        {
            await server.RunAsync(arguments);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the process without warning, as a crash does. Its data stays.</summary>
    public async Task KillAsync()
    {
        process!.Kill(entireProcessTree: false);
        await process.WaitForExitAsync();
    }

    /// <summary>Completes when it has ended by itself.</summary>
    public Task EndedAsync(CancellationToken cancellation) => process!.WaitForExitAsync(cancellation);

    /// <summary>Asks it to stop, as an operator or an orchestrator does (TERM), stops it in its tracks (STOP) or lets it go on (CONT).</summary>
    public void Send(string signal) => Signal(signal, process!.Id);

    /// <summary>Says a line to it on its standard input; nothing when it is gone.</summary>
    public void Tell(string line)
    {
        try
        {
            process!.StandardInput.WriteLine(line);
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It died in that moment.
        }
    }

    /// <summary>Starts it again on its data, at a new address.</summary>
    public Task RunAgainAsync(params string[] arguments) => RunAsync(arguments);

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            // One that was stopped in its tracks could not hear it.
            Signal("CONT", process.Id);
            Signal("INT", process.Id);
            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        process?.Dispose();
        TestFolder.Remove(Folder);
    }

    private async Task RunAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Repository.Root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(Folder, "app", program), "--urls=http://127.0.0.1:0", .. arguments])
            start.ArgumentList.Add(argument);
        // A test begins with nothing that it did not make.
        start.Environment["FlowApps__Examples__Requests"] = "false";
        start.Environment["FlowApps__Data"] = Path.Combine(Folder, "data");
        start.Environment["FlowApps__Admin__Name"] = AdminName;
        start.Environment["FlowApps__Admin__Password"] = AdminPassword;
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process?.Dispose();
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data, listening);
        process.ErrorDataReceived += (_, line) => Read(line.Data, listening);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The server ended before it listened.\n{Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Address = await listening.Task.WaitAsync(StartLimit);
    }

    private void Read(string? line, TaskCompletionSource<Uri> listening)
    {
        if (line is null) return;
        output.Enqueue(line);
        if (output.Count > MostLines) output.TryDequeue(out _);
        if (Listening().Match(line) is { Success: true } match) listening.TrySetResult(new Uri(match.Groups[1].Value));
    }

    private static void Signal(string signal, int id)
    {
        using var kill = Process.Start("kill", [$"-{signal}", id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(folder.Replace(from, to, StringComparison.Ordinal));
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)) File.Copy(file, file.Replace(from, to, StringComparison.Ordinal));
    }

    private static string Configuration => typeof(ServerProcess).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
