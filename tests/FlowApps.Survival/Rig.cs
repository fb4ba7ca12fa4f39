using System.Diagnostics;
using System.Globalization;
using FlowApps.Storage.Embedded;
using FlowApps.Testing.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace FlowApps.Survival;

/// <summary>
/// A PostgreSQL of its own, servers that share it (each behind a proxy that can misbehave) and a data folder, and outside of them the ledger and the logs of what was
/// acknowledged and of what was done to them.
/// </summary>
internal sealed class Rig : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly EmbeddedPostgres postgres;

    private Rig(string folder)
    {
        Folder = folder;
        postgres = new EmbeddedPostgres(folder, NullLogger.Instance);
        Invariants = new Invariants(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Pooling = false }.ConnectionString);
        Ledger = new Ledger(Path.Combine(folder, "ledger.log"));
        Acks = new Journal(Path.Combine(folder, "acknowledged.log"));
        Decisions = new Journal(Path.Combine(folder, "decisions.log"));
        Nemesis = new Journal(Path.Combine(folder, "nemesis.log"));
    }

    public string Folder { get; }

    public Invariants Invariants { get; }

    public Ledger Ledger { get; }

    /// <summary>Submission key, execution id.</summary>
    public Journal Acks { get; }

    /// <summary>Execution id, who was told that the decision is theirs.</summary>
    public Journal Decisions { get; }

    public Journal Nemesis { get; }

    public List<ServerProcess> Servers { get; } = [];

    public List<Api> Apis { get; } = [];

    public List<LossyProxy> Proxies { get; } = [];

    /// <param name="servers">How many server processes share the database.</param>
    /// <param name="plant">A planted bug that all of them carry.</param>
    /// <param name="settings">More settings of all of them, by the names of variables.</param>
    public static async Task<Rig> StartAsync(int servers = 2, string? plant = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("flowapps-rig-").FullName;
        // The database may run as another user, who has to reach its folder.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        var rig = new Rig(folder);
        try
        {
            await rig.postgres.StartAsync(CancellationToken.None);
            // The first makes the tables.
            rig.Add(await rig.StartServerAsync(plant, settings));
            foreach (var server in await Task.WhenAll(Enumerable.Range(1, servers - 1).Select(_ => rig.StartServerAsync(plant, settings)))) rig.Add(server);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    public async Task InstallAsync()
    {
        foreach (var source in Flows.Beside(Ledger.Address).Concat(Flows.Started(Ledger.Address).Select(flow => flow.Source))) await Apis[0].InstallAsync(source);
    }

    /// <summary>The process id of the database's first process; null while it is away.</summary>
    public int? Postmaster()
    {
        try
        {
            return File.ReadAllLines(Path.Combine(Folder, "pg", "postmaster.pid")) is { Length: > 7 } lines && lines[7].Trim() == "ready" ? int.Parse(lines[0], CultureInfo.InvariantCulture) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>A session of somebody else on the same database.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Pooling = false, ApplicationName = "rival" }.ConnectionString);
        await session.OpenAsync();
        return session;
    }

    /// <summary>As a crash of the machine's database would: without a word. It is started again at once. False: it was away already.</summary>
    public bool KillPostgres()
    {
        if (Postmaster() is not { } pid) return false;
        Run("kill", "-9", pid.ToString(CultureInfo.InvariantCulture));
        return true;
    }

    /// <param name="most">How many of the servers' connections at most; any of them.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> TerminateConnectionsAsync(int most = int.MaxValue)
    {
        try
        {
            return (await Invariants.AskAsync($"select pid::text from (select pid from pg_stat_activity where application_name = 'FlowApps' order by random() limit {most}) any_of_them where pg_terminate_backend(pid)")).Count;
        }
        catch (NpgsqlException)
        {
            // The database is away already.
            return 0;
        }
    }

    /// <summary>Starts it again; as often as the database needs to come back.</summary>
    /// <param name="server">Which of them.</param>
    /// <param name="point">A crash point at which it shall die, which may lie within the start.</param>
    /// <returns>False when it died there before it listened.</returns>
    public async Task<bool> RunAgainAsync(int server, string? point = null)
    {
        var clock = Stopwatch.StartNew();
        Servers[server].Environment["FLOWAPPS_CRASH"] = point ?? "";
        while (true)
        {
            try
            {
                await Servers[server].RunAgainAsync();
                return true;
            }
            catch (InvalidOperationException) when (point is not null && Servers[server].WasKilled)
            {
                return false;
            }
            catch (InvalidOperationException) when (clock.Elapsed < StartLimit)
            {
                await Task.Delay(250);
            }
        }
    }

    /// <summary>Waits until everything acknowledged is over, or waits for a person; returns what still stands after the limit.</summary>
    public async Task<IReadOnlyList<string>> SettleAsync(TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var open = await OpenAsync();
            if (open.Count == 0 || clock.Elapsed > limit) return open;
            await Task.Delay(200);
        }
    }

    /// <summary>The schedules run on, and so do what they start.</summary>
    private async Task<IReadOnlyList<string>> OpenAsync()
    {
        try
        {
            return await Invariants.AskAsync("select id || ' of ' || flow_id || ' in state ' || state from executions where state < 9 and flow_id not in ('ticking', 'pulsing') and not exists (select from waits w where w.execution_id = id and w.decided_at is null) limit 20");
        }
        catch (NpgsqlException e)
        {
            return [e.Message];
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var api in Apis) api.Dispose();
        await Task.WhenAll(Servers.Select(server => server.DisposeAsync().AsTask()));
        foreach (var proxy in Proxies) await proxy.DisposeAsync();
        await Ledger.DisposeAsync();
        foreach (var journal in new[] { Acks, Decisions, Nemesis }) journal.Dispose();
        await postgres.DisposeAsync();
        TestFolder.Remove(Folder);
    }

    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
    }

    private async Task<(ServerProcess Process, LossyProxy Proxy)> StartServerAsync(string? plant, IReadOnlyDictionary<string, string>? settings)
    {
        var proxy = new LossyProxy(Path.Combine(Folder, "pg"));
        var environment = new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
        {
            ["ConnectionStrings__FlowApps"] = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Host = proxy.Folder }.ConnectionString,
            ["FlowApps__Data"] = Path.Combine(Folder, "data"),
        };
        if (plant is not null) environment["FLOWAPPS_PLANT"] = plant;
        return (await ServerProcess.StartAsync(await ChaosProgram.PathAsync(), environment), proxy);
    }

    private void Add((ServerProcess Process, LossyProxy Proxy) server)
    {
        Proxies.Add(server.Proxy);
        Servers.Add(server.Process);
        Apis.Add(new Api(server.Process));
    }
}
