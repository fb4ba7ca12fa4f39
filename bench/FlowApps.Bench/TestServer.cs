using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FlowApps.Bench;

/// <summary>The product as its users start it, with its own data folder and PostgreSQL, in its default durable settings.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private const string Password = "bench-password";
    private readonly Process process;

    private TestServer(Process process, int port, string data, TimeSpan startedIn) => (this.process, Port, Data, StartedIn) = (process, port, data, startedIn);

    public int Port { get; }
    public string Data { get; }
    public TimeSpan StartedIn { get; }

    public static string Authorization { get; } = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"admin:{Password}"));

    public static async Task<TestServer> StartAsync(string server, string data)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [server, "--urls", $"http://127.0.0.1:{port}", "--FlowApps:Data", data]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FlowApps__Admin__Password"] = Password;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Echo(line.Data);
        process.ErrorDataReceived += (_, line) => Echo(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient();
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode}.");
            if (clock.Elapsed > TimeSpan.FromSeconds(60)) throw new TimeoutException("The server was not ready within 60 s.");
            try
            {
                if ((await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health"))).IsSuccessStatusCode) break;
            }
            catch (HttpRequestException)
            {
            }
            await Task.Delay(5);
        }
        return new TestServer(process, port, data, clock.Elapsed);
    }

    /// <summary>The least memory it comes down to: what is not needed is given back once work pauses, seconds later.</summary>
    public async Task<double> RestingMegabytesAsync()
    {
        var least = double.MaxValue;
        for (var unchanged = 0; unchanged < 5; unchanged++)
        {
            await Task.Delay(TimeSpan.FromSeconds(3));
            var now = MemoryMegabytes();
            if (now < least - 1) unchanged = -1;
            least = Math.Min(least, now);
        }
        return least;
    }

    /// <summary>Proportional set size in MB (Linux), without PostgreSQL.</summary>
    private double MemoryMegabytes() => File.ReadLines($"/proc/{process.Id}/smaps_rollup").Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) / 1024).First();

    public TimeSpan Processor()
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    /// <summary>The same of the built-in database: what its processes have used, and those that they waited for (Linux).</summary>
    public TimeSpan DatabaseProcessor()
    {
        var postmaster = int.Parse(File.ReadLines(Path.Combine(Data, "pg", "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);
        return Ticks(postmaster, withEnded: true) + Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0 && Parent(id) == postmaster).Aggregate(TimeSpan.Zero, (sum, id) => sum + Ticks(id, withEnded: false));
    }

    private static int Parent(int id) => Stat(id) is [_, var parent, ..] ? int.Parse(parent, System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>Fields 14 to 17 of /proc/ID/stat, hundredths of a second.</summary>
    private static TimeSpan Ticks(int id, bool withEnded) => Stat(id) is { Length: > 15 } fields
        ? TimeSpan.FromMilliseconds(10 * fields.Skip(11).Take(withEnded ? 4 : 2).Sum(field => long.Parse(field, System.Globalization.CultureInfo.InvariantCulture))) : TimeSpan.Zero;

    /// <summary>The fields after the name, which may hold anything.</summary>
    private static string[] Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) { }
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
        process.Dispose();
    }

    private static void Echo(string? line)
    {
        if (line?.Contains("fail:", StringComparison.Ordinal) == true || line?.Contains("crit:", StringComparison.Ordinal) == true) Console.Error.WriteLine(line);
    }

    private static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }
}
