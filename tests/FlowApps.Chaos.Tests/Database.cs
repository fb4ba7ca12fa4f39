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
        // The server's own postmaster writes its socket folder on the fifth line of its pid file.
        var socket = (await File.ReadAllLinesAsync(Path.Combine(server.Folder, "data", "pg", "postmaster.pid")))[4];
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder { Host = socket, Username = "flowapps", Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return new Database(connection);
    }

    /// <summary>I2: one execution for each submission.</summary>
    public Task<IReadOnlyList<string>> KeysWithSeveralExecutionsAsync() => ReadAsync(
        "select l || ': ' || count(*) from executions, unnest(labels) l where namespace = 'chaos' and l like 'key%' and trigger_execution_id is null group by l having count(*) > 1");

    /// <summary>I4, I12: every stream begins at its first event, has none missing, and ends where the current state says.</summary>
    public Task<IReadOnlyList<string>> StreamsWithGapsAsync() => ReadAsync("""
        select e.id || ': ' || e.version || ' said, ' || coalesce(sum(json_array_length(convert_from(j.events, 'UTF8')::json)), 0) || ' written'
        from executions e left join journal j on j.execution_id = e.id
        group by e.id, e.version
        having e.version <> coalesce(sum(json_array_length(convert_from(j.events, 'UTF8')::json)), 0)
        """);

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
