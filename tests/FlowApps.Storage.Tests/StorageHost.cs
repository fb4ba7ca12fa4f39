using FlowApps.Domain.Executions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace FlowApps.Storage.Tests;

/// <summary>One process's storage on a real PostgreSQL: the built-in one in a folder of its own, or the one of another host.</summary>
public sealed class StorageHost : IAsyncLifetime
{
    private readonly StorageOptions options;
    private readonly ServiceProvider provider;

    public StorageHost() : this(new StorageOptions { Data = Path.Combine(Path.GetTempPath(), "flowapps-storage-" + Guid.NewGuid().ToString("N")[..8]) }) { }

    internal StorageHost(StorageOptions options, TimeProvider? clock = null)
    {
        this.options = options;
        var services = new ServiceCollection().AddLogging();
        if (clock is not null) services.AddSingleton(clock);
        provider = services.AddFlowAppsStorage(options).BuildServiceProvider();
    }

    public string Folder => Path.GetFullPath(options.Data);

    public IExecutionStore Executions => Get<IExecutionStore>();

    public string ConnectionString => new NpgsqlConnectionStringBuilder { Host = Path.Combine(Folder, "pg"), Username = "flowapps", Database = "postgres" }.ConnectionString;

    public T Get<T>() where T : notnull => provider.GetRequiredService<T>();

    public Task StartAsync() => Get<StorageStartup>().StartAsync(CancellationToken.None);

    /// <summary>Another process on the same database.</summary>
    public async Task<StorageHost> JoinedAsync(TimeProvider? clock = null, TimeSpan? patience = null)
    {
        var other = new StorageHost(options with { ConnectionString = ConnectionString, Patience = patience ?? options.Patience }, clock);
        await other.StartAsync();
        return other;
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public Task StopAsync() => provider.DisposeAsync().AsTask();

    Task IAsyncLifetime.InitializeAsync() => StartAsync();

    async Task IAsyncLifetime.DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, true);
    }
}
