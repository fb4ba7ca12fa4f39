using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FlowApps.Storage.Schema;

/// <summary>Brings the tables to this program's version: numbered scripts, each once, one process at a time.</summary>
internal static class Migrations
{
    private const long Lock = 4_611_686_018_001;

    /// <summary>Errors: <see cref="InvalidOperationException"/> when the tables are of a newer program.</summary>
    public static async Task ApplyAsync(NpgsqlConnection connection, ILogger logger, CancellationToken cancellation)
    {
        await RunAsync(connection, $"select pg_advisory_lock({Lock}); create table if not exists schema_versions (number int primary key, name text not null, applied_at timestamptz not null default now())", cancellation);
        try
        {
            await using var ask = new NpgsqlCommand("select coalesce(array_agg(number), '{}') from schema_versions", connection);
            // Numbers leave gaps for work that is done side by side, so a lower one may come later.
            var applied = ((int[])(await ask.ExecuteScalarAsync(cancellation))!).ToHashSet();
            var scripts = typeof(Migrations).Assembly.GetManifestResourceNames().Where(name => char.IsAsciiDigit(name[0])).Order(StringComparer.Ordinal)
                .Select(name => (Number: int.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), Name: name)).ToList();
            if (applied.Count > 0 && applied.Max() is var newest && newest > scripts[^1].Number)
                throw new InvalidOperationException($"The database has tables of a newer FlowApps (version {newest}, this program knows {scripts[^1].Number}). Use that newer version.");
            foreach (var (number, name) in scripts.Where(script => !applied.Contains(script.Number)))
            {
                await using var stream = typeof(Migrations).Assembly.GetManifestResourceStream(name)!;
                using var reader = new StreamReader(stream);
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                await RunAsync(connection, await reader.ReadToEndAsync(cancellation), cancellation);
                await RunAsync(connection, $"insert into schema_versions (number, name) values ({number}, '{name}')", cancellation);
                await transaction.CommitAsync(cancellation);
                logger.LogInformation("Database tables: {Name} applied.", name);
            }
        }
        finally
        {
            await RunAsync(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
