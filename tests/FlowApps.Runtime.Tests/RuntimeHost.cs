using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Plugins;
using FlowApps.Engine.Tasks;
using FlowApps.Plugins;
using FlowApps.Runtime.Hosting;
using FlowApps.Runtime.Work;
using FlowApps.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FlowApps.Runtime.Tests;

/// <summary>The runtime with real storage and plugins, without the web: as a product process would run it on a data folder.</summary>
internal sealed class RuntimeHost : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly IReadOnlyList<IHostedService> hosted;
    private readonly string data;

    private RuntimeHost(ServiceProvider services, string data) => (this.services, this.data, hosted) = (services, data, [.. services.GetServices<IHostedService>()]);

    public IFlows Flows => Get<IFlows>();

    public IExecutions Executions => Get<IExecutions>();

    public static Task<RuntimeHost> StartAsync(string data, params (string Key, string Value)[] settings) => StartAsync(data, TimeProvider.System, settings);

    public static async Task<RuntimeHost> StartAsync(string data, TimeProvider clock, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create("FlowApps:Node", (string?)"node"), KeyValuePair.Create("FlowApps:Data", (string?)data)]).AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(clock);
        services.AddLogging(log => log.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole());
        services.AddFlowAppsStorage(new StorageOptions { Data = data });
        services.AddFlowAppsPlugins();
        services.AddSingleton(new PluginCatalogue([typeof(Flow).Assembly, typeof(Sequential).Assembly, typeof(PluginsAssembly).Assembly, typeof(RuntimeHost).Assembly]));
        services.AddFlowAppsRuntime(configuration);
        var host = new RuntimeHost(services.BuildServiceProvider(), data);
        try
        {
            foreach (var service in host.hosted) await service.StartAsync(CancellationToken.None);
            return host;
        }
        catch
        {
            await host.services.DisposeAsync();
            throw;
        }
    }

    public TPort Get<TPort>() where TPort : notnull => services.GetRequiredService<TPort>();

    public async Task<FlowId> SaveAsync(string source) => (await Flows.CreateAsync(source, "tester", CancellationToken.None)).Key;

    public Task<Execution> StartAsync(FlowId flow, params (string Key, object? Value)[] inputs) =>
        Executions.StartAsync(new StartExecution(flow, Domain.Values.Data.Map(inputs)), CancellationToken.None);

    public async Task<Execution> RunAsync(FlowId flow, params (string Key, object? Value)[] inputs) => await EndAsync((await StartAsync(flow, inputs)).Id);

    public Task<Execution> EndAsync(string id) => Executions.WaitForEndAsync(id, new CancellationTokenSource(TimeSpan.FromSeconds(120)).Token);

    /// <summary>Waits by news until the execution is in a state.</summary>
    public async Task<Execution> UntilAsync(string id, State state)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var news = Executions.WatchAsync(id, limit.Token);
        if (await Executions.FindAsync(id, limit.Token) is { } found && found.Execution.State.Current == state) return found.Execution;
        await foreach (var _ in news)
            if (await Executions.FindAsync(id, limit.Token) is { } now && now.Execution.State.Current == state) return now.Execution;
        throw new TimeoutException($"Execution {id} did not become {state}.");
    }

    /// <summary>Asks the raw tables, past the product.</summary>
    public async Task<long> CountAsync(string sql) => (long)(await RunAsync(sql))!;

    /// <summary>Changes the raw tables behind the product's back.</summary>
    public Task ChangeAsync(string sql) => RunAsync(sql);

    /// <summary>Waits until a count of the raw tables is 0.</summary>
    public async Task UntilNoneAsync(string sql, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(120));
        while (await CountAsync(sql) > 0) await Task.Delay(50, limit.Token);
    }

    /// <summary>What a crash does to the workers: whatever they run is cut off, nobody reports, and the others see that this process is gone. The database goes on.</summary>
    public async Task CutOffWorkersAsync()
    {
        await Get<WorkPool>().DisposeAsync();
        await hosted.OfType<Neighbours>().Single().StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in hosted.Reverse()) await service.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
    }

    /// <summary>Waits while the small server of the tests has no connection to give.</summary>
    private async Task<object?> RunAsync(string sql)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder { Host = Path.Combine(data, "pg"), Username = "flowapps", Database = "postgres", Pooling = false }.ConnectionString);
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand(sql, connection);
                return await command.ExecuteScalarAsync();
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }
}
