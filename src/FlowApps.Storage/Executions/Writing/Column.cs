using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>One column of the rows that a batch writes with one statement (an array parameter).</summary>
internal abstract class Column
{
    public abstract NpgsqlParameter Parameter();
}

internal sealed class Column<T> : Column
{
    private readonly List<T> values = [];

    public int Count => values.Count;

    public void Add(T value) => values.Add(value);

    public override NpgsqlParameter Parameter() => new NpgsqlParameter<List<T>> { TypedValue = values };
}
