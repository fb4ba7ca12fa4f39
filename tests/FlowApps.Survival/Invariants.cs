using System.IO.Compression;
using System.Text.Json;
using Npgsql;

namespace FlowApps.Survival;

/// <summary>
/// What must always be so, asked of the raw tables past the product: what it says of itself proves nothing. Each file below <c>Invariants</c> is one query whose rows are
/// violations; those whose first line says "at every moment" hold between any two transactions and are asked while the faults go on.
/// </summary>
internal sealed class Invariants(string connectionString)
{
    private static readonly IReadOnlyList<(string Name, string Sql)> Queries =
        [.. typeof(Invariants).Assembly.GetManifestResourceNames().Where(name => !name.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => (name, Read(name)))];

    public static int Count => Queries.Count + 1;

    /// <summary>Asked right after a crash, before anybody could repair anything. Null when the database is away just now.</summary>
    public async Task<IReadOnlyList<string>?> AtThisMomentAsync()
    {
        try
        {
            return await ViolationsAsync(Queries.Where(query => query.Sql.Split('\n')[0].Contains("at every moment", StringComparison.Ordinal)));
        }
        catch (NpgsqlException e) when (e is not PostgresException { SqlState: ['4', '2', ..] })
        {
            return null;
        }
    }

    /// <summary>Asked when everything has come to rest, with what was written down outside.</summary>
    public async Task<IReadOnlyList<string>> AtTheEndAsync(IReadOnlyList<string[]> acks, IReadOnlyList<string[]> decisions, IReadOnlyList<(string Key, string Body)> calls)
    {
        await using (var connection = await OpenAsync())
        {
            await RunAsync(connection, "drop schema if exists rig cascade; create schema rig; create table rig.acks (key text, execution_id text); create table rig.decisions (execution_id text, who text); create table rig.calls (key text, body text)");
            await FillAsync(connection, "rig.acks", acks.Select(ack => (ack[0], ack[1])));
            await FillAsync(connection, "rig.decisions", decisions.Select(decision => (decision[0], decision[1])));
            await FillAsync(connection, "rig.calls", calls);
        }
        return [.. await ViolationsAsync(Queries), .. await StreamsWithGapsAsync()];
    }

    public async Task<IReadOnlyList<string>> AskAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    /// <summary>The events of an execution as they are stored, a JSON array for each commit.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync(string execution)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand("select events from journal where execution_id = $1 order by version", connection) { Parameters = { new() { Value = execution } } };
        await using var reader = await command.ExecuteReaderAsync();
        var commits = new List<string>();
        while (await reader.ReadAsync()) commits.Add(System.Text.Encoding.UTF8.GetString(Plain(reader.GetFieldValue<byte[]>(0))));
        return commits;
    }

    private async Task<IReadOnlyList<string>> ViolationsAsync(IEnumerable<(string Name, string Sql)> queries)
    {
        var violations = new List<string>();
        foreach (var (name, sql) in queries) violations.AddRange((await AskAsync(sql)).Select(row => $"{name}: {row}"));
        return violations;
    }

    /// <summary>I12: no event is missing within a stream, and the last one is the one the current state says.</summary>
    private async Task<IReadOnlyList<string>> StreamsWithGapsAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand("select e.id, e.version, j.version, j.events from executions e join journal j on j.execution_id = e.id order by e.id, j.version", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var ends = new Dictionary<string, (long Said, long Next)>(StringComparer.Ordinal);
        var violations = new List<string>();
        while (await reader.ReadAsync())
        {
            var (id, version) = (reader.GetString(0), reader.GetInt64(2));
            if (ends.TryGetValue(id, out var stream) && version != stream.Next) violations.Add($"no-event-is-missing: {id} has no event {stream.Next}");
            ends[id] = (reader.GetInt64(1), version + Events(reader.GetFieldValue<byte[]>(3)));
        }
        violations.AddRange(ends.Where(end => end.Value.Next != end.Value.Said + 1).Select(end => $"no-event-is-missing: {end.Key} has {end.Value.Next - 1} events and says {end.Value.Said}"));
        return violations;
    }

    private static int Events(byte[] events) => JsonDocument.Parse(Plain(events)).RootElement.GetArrayLength();

    /// <summary>A JSON array, compressed behind a zero byte when long.</summary>
    private static byte[] Plain(byte[] events)
    {
        if (events is not [0, ..]) return events;
        using var packed = new BrotliStream(new MemoryStream(events, 1, events.Length - 1), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        return plain.ToArray();
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task FillAsync(NpgsqlConnection connection, string table, IEnumerable<(string, string)> rows)
    {
        await using var copy = await connection.BeginTextImportAsync($"copy {table} from stdin");
        foreach (var (one, two) in rows) await copy.WriteAsync($"{one}\t{two.ReplaceLineEndings(" ")}\n");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Invariants).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
