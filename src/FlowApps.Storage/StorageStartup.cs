using FlowApps.Storage.Databases;
using FlowApps.Storage.Embedded;
using FlowApps.Storage.Executions;
using FlowApps.Storage.Schema;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FlowApps.Storage;

/// <summary>Makes the storage ready: the built-in database if none is configured, the tables, the writers. The host awaits it before it serves; a second call does nothing.</summary>
public sealed class StorageStartup : IHostedService
{
    private static readonly TimeSpan FreeWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);
    private readonly Database database;
    private readonly StorageOptions options;
    private readonly ILoggerFactory loggers;
    private readonly CommitPipeline[] pipelines;
    private readonly Lock once = new();
    private Task? starting;

    internal StorageStartup(Database database, StorageOptions options, ILoggerFactory loggers, params CommitPipeline[] pipelines) =>
        (this.database, this.options, this.loggers, this.pipelines) = (database, options, loggers, pipelines);

    /// <summary>Errors: <see cref="InvalidOperationException"/> saying what is missing or unsafe (no database, durability switched off, tables of a newer version).</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (once) return starting ??= RunAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RunAsync(CancellationToken cancellation)
    {
        var logger = loggers.CreateLogger<StorageStartup>();
        await ConnectAsync(logger, cancellation);
        await using var connection = await OpenAsync(cancellation);
        await Durability.CheckAsync(connection, cancellation);
        await Migrations.ApplyAsync(connection, logger, cancellation);
        await Task.WhenAll(pipelines.Select(pipeline => pipeline.StartAsync()));
    }

    /// <summary>What went a moment ago may still hold its connections.</summary>
    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        var since = database.Clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await database.OpenAsync(cancellation);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections && database.Clock.GetElapsedTime(since) < FreeWithin)
            {
                await Task.Delay(BetweenTries, database.Clock, cancellation);
            }
        }
    }

    private async Task ConnectAsync(ILogger logger, CancellationToken cancellation)
    {
        if (options.ConnectionString is { } configured)
        {
            database.Connect(configured, null);
            return;
        }
        var since = database.Clock.GetTimestamp();
        var server = new EmbeddedPostgres(options.Data, logger);
        try
        {
            await server.StartAsync(cancellation);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        logger.LogInformation("The built-in database in {Folder} is ready after {Milliseconds:F0} ms.", Path.GetFullPath(options.Data), database.Clock.GetElapsedTime(since).TotalMilliseconds);
        database.Connect(server.ConnectionString, server);
    }
}
