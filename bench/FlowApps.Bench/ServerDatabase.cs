using System.Diagnostics;
using Npgsql;

namespace FlowApps.Bench;

/// <summary>The built-in PostgreSQL of the measured server, looked at from outside: what it holds and what it cost.</summary>
internal sealed class ServerDatabase(string data) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder { Host = Path.Combine(data, "pg"), Username = "flowapps", Database = "postgres", CommandTimeout = 3600, Pooling = false }.ConnectionString);

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task DoAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How many executions of a flow have ended well.</summary>
    public Task<long> SuccessesAsync(string flow) => AskAsync<long>($"select count(*) from executions where namespace = 'bench' and flow_id = '{flow}' and state = 9");

    public async Task<Costs> CostsAsync(TestServer server) => new(
        server.Processor(), server.DatabaseProcessor(),
        await AskAsync<long>("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint"),
        await AskAsync<long>("select (pg_current_wal_insert_lsn() - '0/0')::bigint"));

    /// <summary>How many transactions of one row each, about as long as those of an execution, the same database takes from so many connections.</summary>
    public async Task<Figures> LimitAsync(int connections, TimeSpan length)
    {
        await DoAsync("create table if not exists bench_rows (id bigint generated always as identity primary key, body bytea not null)");
        var body = RandomBytes(1000);
        var clock = Stopwatch.StartNew();
        var lanes = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var insert = new NpgsqlCommand("insert into bench_rows (body) values ($1)", connection) { Parameters = { new NpgsqlParameter<byte[]> { TypedValue = body } } };
            await insert.PrepareAsync();
            var latencies = new List<double>();
            while (clock.Elapsed < length)
            {
                var begun = Stopwatch.GetTimestamp();
                await insert.ExecuteNonQueryAsync();
                latencies.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
            return latencies;
        })));
        var elapsed = clock.Elapsed;
        await DoAsync("drop table bench_rows");
        return Figures.Of("database alone, one row", connections, [.. lanes.SelectMany(lane => lane)], elapsed, 0, 0);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
