using Npgsql;

namespace FlowApps.Storage.Schema;

/// <summary>What was answered must survive a power cut, so a server that may forget is refused.</summary>
internal static class Durability
{
    /// <summary>Errors: <see cref="InvalidOperationException"/> naming the setting.</summary>
    public static async Task CheckAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        foreach (var setting in new[] { "fsync", "synchronous_commit", "full_page_writes" })
        {
            await using var command = new NpgsqlCommand($"show {setting}", connection);
            if ((string?)await command.ExecuteScalarAsync(cancellation) == "off")
                throw new InvalidOperationException($"The database runs with {setting} = off and could lose what was confirmed. Set {setting} = on and start again.");
        }
    }
}
