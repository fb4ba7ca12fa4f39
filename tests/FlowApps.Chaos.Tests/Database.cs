using System.IO.Compression;
using System.Text.Json;
using FlowApps.Testing.Servers;
using Npgsql;

namespace FlowApps.Chaos.Tests;

/// <summary>The raw tables, read past the product: what it says of itself proves nothing. Each query gives the violations of one invariant.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private Database(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<Database> OpenAsync(ServerProcess server)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(await AddressAsync(server)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return new Database(connection);
    }

    /// <summary>Where the built-in database of a server is, for others that share it.</summary>
    public static async Task<string> AddressAsync(ServerProcess server)
    {
        // The server's own postmaster writes its socket folder on the fifth line of its pid file.
        var socket = (await File.ReadAllLinesAsync(Path.Combine(server.Folder, "data", "pg", "postmaster.pid")))[4];
        return new NpgsqlConnectionStringBuilder { Host = socket, Username = "flowapps", Database = "postgres" }.ConnectionString;
    }

    /// <summary>I2: one execution for each submission.</summary>
    public Task<IReadOnlyList<string>> KeysWithSeveralExecutionsAsync() => ReadAsync(
        "select l || ': ' || count(*) from executions, unnest(labels) l where namespace = 'chaos' and l like 'key%' and trigger_execution_id is null group by l having count(*) > 1");

    /// <summary>I4, I12: every stream begins at its first event, has none missing, and ends where the current state says.</summary>
    public async Task<IReadOnlyList<string>> StreamsWithGapsAsync()
    {
        await using var command = new NpgsqlCommand("select e.id, e.version, j.version, j.events from executions e left join journal j on j.execution_id = e.id order by e.id, j.version", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var wrong = new List<string>();
        (string Id, long Said, long Next) stream = ("", 0, 0);
        while (await reader.ReadAsync())
        {
            if (reader.GetString(0) != stream.Id)
            {
                Close();
                stream = (reader.GetString(0), reader.GetInt64(1), reader.IsDBNull(2) ? 0 : reader.GetInt64(2));
                if (stream.Next > 1) wrong.Add($"{stream.Id} begins at event {stream.Next}");
            }
            if (reader.IsDBNull(2)) continue;
            if (reader.GetInt64(2) != stream.Next) wrong.Add($"{stream.Id}: event {stream.Next} is missing");
            stream.Next = reader.GetInt64(2) + Count(reader.GetFieldValue<byte[]>(3));
        }
        Close();
        return wrong;

        void Close()
        {
            if (stream.Id.Length > 0 && stream.Next != stream.Said && stream.Next != stream.Said + 1) wrong.Add($"{stream.Id}: {stream.Said} events said, the last written is {stream.Next}");
        }
    }

    /// <summary>How many events a row holds: a JSON array, compressed behind a zero byte when long.</summary>
    private static int Count(byte[] events)
    {
        if (events is not [0, ..]) return JsonDocument.Parse(events).RootElement.GetArrayLength();
        using var plain = new BrotliStream(new MemoryStream(events, 1, events.Length - 1), CompressionMode.Decompress);
        return JsonDocument.Parse(plain).RootElement.GetArrayLength();
    }

    /// <summary>I7: nothing is left to do for an execution that has ended (states from 9 on are ends).</summary>
    public Task<IReadOnlyList<string>> EndedWithWorkLeftAsync() => ReadAsync(
        "select w.execution_id || ' ' || w.kind from work w join executions e on e.id = w.execution_id where e.state >= 9");

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<IReadOnlyList<string>> ReadAsync(string query)
    {
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }
}
