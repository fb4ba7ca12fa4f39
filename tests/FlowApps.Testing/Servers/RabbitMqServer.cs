using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FlowApps.Testing.Servers;

/// <summary>A real RabbitMQ of a test's own on free ports, with a folder of its own. Needs Debian's rabbitmq-server; its service need not run.</summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string Ready = "Server startup complete";
    private const int Tries = 5, Removals = 100;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly string folder = Directory.CreateTempSubdirectory("flowapps-rabbitmq-").FullName;
    private readonly ConcurrentQueue<string> output = new();
    private readonly Process names;
    private readonly Process broker;

    private RabbitMqServer()
    {
        var namesPort = FreePort();
        Port = FreePort();
        names = Start("epmd", namesPort, "-address", Host, "-port", namesPort.ToString(CultureInfo.InvariantCulture));
        broker = Start(Program, namesPort);
    }

    /// <summary>Why there is none here; null when one can be started.</summary>
    public static string? Missing => File.Exists(Program) ? null : $"{Program} is missing: apt-get install rabbitmq-server.";

    public int Port { get; }

    public const string Host = "127.0.0.1";

    public static async Task<RabbitMqServer> StartAsync()
    {
        for (var tried = 1; ; tried++)
        {
            var server = new RabbitMqServer();
            if (await server.BeginsAsync()) return server;
            var said = string.Join('\n', server.output);
            await server.DisposeAsync();
            // Somebody may have taken a port between choosing and binding it.
            if (tried == Tries) throw new InvalidOperationException($"RabbitMQ does not start.\n{said}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { broker, names })
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
        // Children of the broker that were killed with it may take a moment to let go of their files.
        for (var tried = 1; ; tried++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (tried < Removals)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private async Task<bool> BeginsAsync()
    {
        var ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var process in new[] { names, broker })
        {
            process.OutputDataReceived += (_, line) => Read(line.Data, ready);
            process.ErrorDataReceived += (_, line) => Read(line.Data, ready);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }
        _ = broker.WaitForExitAsync().ContinueWith(_ => ready.TrySetResult(false), TaskScheduler.Default);
        return await ready.Task.WaitAsync(StartLimit);
    }

    private void Read(string? line, TaskCompletionSource<bool> ready)
    {
        if (line is null) return;
        output.Enqueue(line);
        if (line.Contains(Ready, StringComparison.Ordinal)) ready.TrySetResult(true);
    }

    private Process Start(string program, int namesPort, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = folder,
            ["ERL_EPMD_PORT"] = namesPort.ToString(CultureInfo.InvariantCulture),
            ["ERL_EPMD_ADDRESS"] = Host,
            ["RABBITMQ_NODENAME"] = $"flowapps{Port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = Host,
            ["RABBITMQ_NODE_PORT"] = Port.ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_DIST_PORT"] = FreePort().ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "none"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder, "none.conf"),
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
