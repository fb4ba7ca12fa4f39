using System.Data.Common;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using Npgsql;

namespace FlowApps.Storage.Databases;

/// <summary>
/// The connections of this process. Reads are repeated when the fault is of the moment (a broken connection, a deadlock); a database that stays away
/// longer than the patience is a refusal (Unavailable).
/// </summary>
internal sealed class Database(TimeProvider clock, TimeSpan patience) : IAsyncDisposable
{
    private const int MostReading = 20, MostWriting = 4, MostBlocking = 10;
    private NpgsqlDataSource? source;
    private NpgsqlDataSource? writers;
    private NpgsqlDataSource? blocking;
    private IAsyncDisposable? server;

    public TimeSpan Patience => patience;

    public TimeProvider Clock => clock;

    private NpgsqlDataSource Source => source ?? throw new InvalidOperationException("The storage has not been started: await StorageStartup.StartAsync first.");

    private NpgsqlDataSource Blocking => blocking ?? throw new InvalidOperationException("The storage has not been started: await StorageStartup.StartAsync first.");

    /// <summary>Opens the connections of the commit pipelines.</summary>
    public NpgsqlDataSource Writers => writers ?? throw new InvalidOperationException("The storage has not been started: await StorageStartup.StartAsync first.");

    /// <summary>From now on there are connections. The built-in server, if it is that, is stopped with them.</summary>
    public void Connect(string connectionString, IAsyncDisposable? builtIn)
    {
        server = builtIn;
        // Lists are asked in many shapes, and a plan made for "any namespace" is wrong for most of them.
        source = NpgsqlDataSource.Create(Settings(connectionString, MostReading, "-c plan_cache_mode=force_custom_plan -c jit=off"));
        // Who holds its thread while it waits for a connection must not wait for somebody who needs a thread to give one back.
        blocking = NpgsqlDataSource.Create(Settings(connectionString, MostBlocking, "-c plan_cache_mode=force_custom_plan -c jit=off"));
        // Batches touch known rows by their keys, whatever the statistics of a young database say.
        writers = NpgsqlDataSource.Create(Settings(connectionString, MostWriting, "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off -c lock_timeout=2s"));
    }

    public async ValueTask DisposeAsync()
    {
        if (source is not null) await source.DisposeAsync();
        if (writers is not null) await writers.DisposeAsync();
        if (blocking is not null) await blocking.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
    }

    public Task<List<T>> ListAsync<T>(Statement statement, Func<DbDataReader, T> row, CancellationToken cancellation) =>
        PatientlyAsync(async () =>
        {
            await using var command = statement.On(Source);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellation)) rows.Add(row(reader));
            return rows;
        }, cancellation);

    /// <summary>The rows of all statements, done in one transaction and one round trip, repeated as a whole; so each must be harmless when done twice.</summary>
    public Task<List<T>> ListEachAsync<T>(IReadOnlyList<Statement> statements, Func<DbDataReader, T> row, CancellationToken cancellation) =>
        PatientlyAsync(async () =>
        {
            await using var batch = Source.CreateBatch();
            foreach (var statement in statements) batch.BatchCommands.Add(statement.InBatch());
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            var rows = new List<T>();
            do
            {
                while (await reader.ReadAsync(cancellation)) rows.Add(row(reader));
            }
            while (await reader.NextResultAsync(cancellation));
            return rows;
        }, cancellation);

    /// <summary>The first row, or the default value.</summary>
    public async Task<T?> FirstAsync<T>(Statement statement, Func<DbDataReader, T> row, CancellationToken cancellation)
    {
        var rows = await ListAsync(statement, row, cancellation);
        return rows.Count == 0 ? default : rows[0];
    }

    /// <summary>One page of a table and the count of all matches (no further than the ceiling), in one round trip.</summary>
    public Task<Page<T>> PageAsync<T>(string columns, string table, Filter filter, string order, PageRequest page, Func<DbDataReader, T> row, CancellationToken cancellation, long ceiling = long.MaxValue) =>
        PatientlyAsync(async () =>
        {
            await using var batch = Source.CreateBatch();
            batch.BatchCommands.Add(filter.Statement($"select {columns} from {table}{{0}} order by {order} limit {page.Limit} offset {page.Offset}").InBatch());
            batch.BatchCommands.Add(filter.Statement($"select count(*) from (select from {table}{{0}} limit {ceiling}) found").InBatch());
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellation)) rows.Add(row(reader));
            await reader.NextResultAsync(cancellation);
            await reader.ReadAsync(cancellation);
            return new Page<T>(rows, reader.GetInt64(0));
        }, cancellation);

    /// <summary>The statements in one transaction, repeated as a whole; so each must be harmless when done twice. Returns the rows changed.</summary>
    public Task<int> ChangeAsync(IReadOnlyList<Statement> statements, CancellationToken cancellation) =>
        PatientlyAsync(async () =>
        {
            await using var batch = Source.CreateBatch();
            foreach (var statement in statements) batch.BatchCommands.Add(statement.InBatch());
            Fault.Point("change-before-send");
            var changed = await batch.ExecuteNonQueryAsync(cancellation);
            Fault.Point("change-written-before-answer");
            return changed;
        }, cancellation);

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation) => Source.OpenConnectionAsync(cancellation);

    /// <summary>A connection outside the pool that hears what is said on a channel.</summary>
    public async Task<NpgsqlConnection> ListenAsync(string channel, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(Source.ConnectionString) { Pooling = false, KeepAlive = 10 };
        // A computer that lost its power says nothing: the server has to find out by itself that nobody is there any more.
        settings.Options = $"{settings.Options} -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            await using var listen = new NpgsqlCommand($"listen {channel}", connection);
            await listen.ExecuteNonQueryAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A read for callers that cannot wait asynchronously (expression functions on workers).</summary>
    public T? First<T>(Statement statement, Func<DbDataReader, T> row)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            try
            {
                using var command = statement.On(Blocking);
                using var reader = command.ExecuteReader();
                return reader.Read() ? row(reader) : default;
            }
            catch (DbException e) when (Faults.AreOfTheMoment(e))
            {
                if (clock.GetElapsedTime(since) > patience) throw Faults.Away(e);
                Thread.Sleep(50);
            }
        }
    }

    private async Task<T> PatientlyAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        for (var wait = 10; ; wait = Math.Min(wait * 2, 500))
        {
            try
            {
                return await work();
            }
            catch (DbException e) when (Faults.AreOfTheMoment(e))
            {
                if (clock.GetElapsedTime(since) > patience) throw Faults.Away(e);
                await Task.Delay(TimeSpan.FromMilliseconds(wait + Random.Shared.Next(wait)), clock, cancellation);
            }
        }
    }

    private static string Settings(string connectionString, int most, string options)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { AutoPrepareMinUsages = 2, NoResetOnClose = true };
        settings.Options = string.IsNullOrEmpty(settings.Options) ? options : $"{settings.Options} {options}";
        settings.ApplicationName ??= "FlowApps";
        // A process needs few connections and leaves the others to other processes; who wants more says so.
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = most;
        settings.MaxAutoPrepare = Math.Max(settings.MaxAutoPrepare, 100);
        return settings.ConnectionString;
    }
}
