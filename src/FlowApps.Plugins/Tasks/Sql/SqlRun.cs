using System.Data.Common;
using FlowApps.Plugins.Files;
using Npgsql;

namespace FlowApps.Plugins.Tasks.Sql;

/// <summary>Runs the statements of an SQL task or trigger and makes outputs of their rows.</summary>
internal static class SqlRun
{
    /// <summary><paramref name="given"/>: parameters besides those of the flow. Errors: <see cref="TaskFailedException"/> with the database's words.</summary>
    public static async Task<OrderedDictionary<string, object?>> RunAsync(ISqlFields fields, TaskContext context, IReadOnlyDictionary<string, object?> given, CancellationToken cancellation)
    {
        var parameters = Data.Map();
        foreach (var (name, value) in context.Render(fields.Parameters) ?? Data.Map()) parameters[name.TrimStart(':', '@')] = value;
        foreach (var (name, value) in given) parameters[name] = value;
        try
        {
            await using var database = await Database.OpenAsync(fields, context, cancellation);
            var after = context.Render(fields.AfterSql);
            await using var transaction = after is null ? null : await database.Connection.BeginTransactionAsync(cancellation);
            var outputs = await QueryAsync(database, fields, context, parameters, transaction, cancellation);
            if (after is not null)
            {
                await using var command = database.Command(after, parameters, transaction);
                await command.ExecuteNonQueryAsync(cancellation);
                await transaction!.CommitAsync(cancellation);
            }
            return outputs;
        }
        catch (DbException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new TaskFailedException($"The database refused: {(e is PostgresException refusal ? refusal.MessageText + Place(refusal) : e.Message)}", null, e);
        }
    }

    private static async Task<OrderedDictionary<string, object?>> QueryAsync(
        Database database, ISqlFields fields, TaskContext context, IReadOnlyDictionary<string, object?> parameters, DbTransaction? transaction, CancellationToken cancellation)
    {
        await using var command = database.Command(context.Render(fields.Sql) ?? "", parameters, transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (reader.FieldCount == 0 && await reader.NextResultAsync(cancellation)) { }
        var outputs = context.Render(fields.FetchType) switch
        {
            FetchType.Store => await StoreAsync(reader, context, cancellation),
            FetchType.Fetch => await FetchAsync(reader, context.Render(fields.MaxRows), cancellation),
            FetchType.FetchOne => await reader.ReadAsync(cancellation) ? Data.Map(("row", SqlValues.Row(reader)), ("size", 1)) : Data.Map(("size", 0)),
            _ => Data.Map(),
        };
        while (await reader.NextResultAsync(cancellation)) { }
        if (reader.RecordsAffected >= 0) outputs["affectedRows"] = reader.RecordsAffected;
        return outputs;
    }

    private static async Task<OrderedDictionary<string, object?>> FetchAsync(DbDataReader reader, int limit, CancellationToken cancellation)
    {
        var rows = new List<object?>();
        while (await reader.ReadAsync(cancellation))
        {
            if (rows.Count == limit) throw new TaskFailedException($"The query gives more than {limit} rows: use fetchType STORE, or LIMIT in the query, or a higher maxRows.");
            rows.Add(SqlValues.Row(reader));
        }
        return Data.Map(("rows", rows), ("size", rows.Count));
    }

    private static async Task<OrderedDictionary<string, object?>> StoreAsync(DbDataReader reader, TaskContext context, CancellationToken cancellation)
    {
        var size = 0L;
        await using var file = new ScratchFile(context);
        for (; await reader.ReadAsync(cancellation); size++)
            await file.WriteRowAsync(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes<object?>(SqlValues.Row(reader), Data.Json), cancellation);
        return Data.Map(("uri", await file.StoreAsync(".ion", cancellation)), ("size", size));
    }

    private static string Place(PostgresException refusal) => refusal.Position > 0 ? $" (at character {refusal.Position}, {refusal.SqlState})" : $" ({refusal.SqlState})";
}
