using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>The rows of one table in a batch: collected commit by commit, written set-wise.</summary>
internal abstract class Rows
{
    public abstract void Add(PreparedCommit commit);

    /// <summary>The statements that write them; none when there are no rows.</summary>
    public abstract IEnumerable<NpgsqlBatchCommand> Commands();

    protected static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<Column> columns)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in columns) command.Parameters.Add(column.Parameter());
        return command;
    }

    /// <summary>A statement whose last parameter is how many rows must be touched.</summary>
    protected static NpgsqlBatchCommand Expecting(long count, string sql, params ReadOnlySpan<Column> columns)
    {
        var command = Command(sql, columns);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = count });
        return command;
    }
}
