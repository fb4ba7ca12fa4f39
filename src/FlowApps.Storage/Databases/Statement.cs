using Npgsql;
using NpgsqlTypes;

namespace FlowApps.Storage.Databases;

/// <summary>SQL with its values for $1, $2 and so on.</summary>
internal sealed record Statement(string Sql, params object?[] Values)
{
    public NpgsqlCommand On(NpgsqlDataSource source)
    {
        var command = source.CreateCommand(Sql);
        foreach (var value in Values) command.Parameters.Add(Parameter(value));
        return command;
    }

    public NpgsqlBatchCommand InBatch()
    {
        var command = new NpgsqlBatchCommand(Sql);
        foreach (var value in Values) command.Parameters.Add(Parameter(value));
        return command;
    }

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
        DateTimeOffset at => new NpgsqlParameter<DateTimeOffset> { TypedValue = at.ToUniversalTime() },
        _ => new NpgsqlParameter { Value = value },
    };
}
