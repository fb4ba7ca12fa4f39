using System.Data.Common;
using FlowApps.Plugins.Files;
using FlowApps.Plugins.Http;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace FlowApps.Plugins.Tasks.Sql;

/// <summary>An open connection to the database that a flow names, within what the installation permits.</summary>
internal abstract class Database(DbConnection connection) : IAsyncDisposable
{
    public DbConnection Connection => connection;

    /// <summary>Errors: <see cref="TaskFailedException"/> for an address that is none or is denied, <see cref="DbException"/> of the database.</summary>
    public static async Task<Database> OpenAsync(IDatabaseFields fields, TaskContext context, CancellationToken cancellation)
    {
        var url = (context.Render(fields.Url) ?? "").Trim();
        var plain = url.StartsWith("jdbc:", StringComparison.Ordinal) ? url["jdbc:".Length..] : url;
        if (plain.StartsWith("sqlite:", StringComparison.Ordinal)) return await SqliteAsync(plain["sqlite:".Length..], context, cancellation);
        if (plain.StartsWith("postgresql://", StringComparison.Ordinal) || plain.StartsWith("postgres://", StringComparison.Ordinal))
            return new Postgres(await PostgresAddress.Read(plain).OpenAsync(context.Render(fields.Username), context.Render(fields.Password), context.Port<OutboundPolicy>(), cancellation));
        throw new TaskFailedException($"The url must begin with jdbc:postgresql:// or jdbc:sqlite:, unlike '{PostgresAddress.Shown(url)}'.");
    }

    public abstract DbCommand Command(string sql, IReadOnlyDictionary<string, object?> parameters, DbTransaction? transaction);

    public virtual ValueTask DisposeAsync() => connection.DisposeAsync();

    private static async Task<Database> SqliteAsync(string file, TaskContext context, CancellationToken cancellation)
    {
        var path = file is ":memory:" ? file : Path.IsPathFullyQualified(file) ? context.Port<LocalFolders>().Resolve(file) : WorkingFiles.Resolve(context.WorkingDirectory, file);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            // ATTACH and VACUUM INTO would open any file of this computer.
            raw.sqlite3_limit(connection.Handle, raw.SQLITE_LIMIT_ATTACHED, 0);
            return new Sqlite(connection, cancellation.Register(() => raw.sqlite3_interrupt(connection.Handle)));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private sealed class Postgres(NpgsqlConnection connection) : Database(connection)
    {
        public override DbCommand Command(string sql, IReadOnlyDictionary<string, object?> parameters, DbTransaction? transaction)
        {
            var command = new NpgsqlCommand(sql, connection, (NpgsqlTransaction?)transaction) { CommandTimeout = 0 };
            foreach (var (name, value) in parameters) command.Parameters.Add(SqlValues.ForPostgres(name, value));
            return command;
        }
    }

    private sealed class Sqlite(SqliteConnection connection, CancellationTokenRegistration interruption) : Database(connection)
    {
        public override DbCommand Command(string sql, IReadOnlyDictionary<string, object?> parameters, DbTransaction? transaction)
        {
            var command = connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, (SqliteTransaction?)transaction);
            foreach (var (name, value) in parameters) command.Parameters.AddWithValue(":" + name, SqlValues.ForSqlite(value));
            return command;
        }

        public override async ValueTask DisposeAsync()
        {
            await interruption.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
