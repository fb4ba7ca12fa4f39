namespace FlowApps.Bench;

/// <summary>What the server and its database have used so far: processor time, transactions that wrote, bytes of the write-ahead log.</summary>
internal sealed record Costs(TimeSpan Server, TimeSpan Database, long Transactions, long LogBytes)
{
    public static Costs operator -(Costs after, Costs before) =>
        new(after.Server - before.Server, after.Database - before.Database, after.Transactions - before.Transactions, after.LogBytes - before.LogBytes);

    /// <summary>Per execution, as rows of the report.</summary>
    public IEnumerable<Figures> Per(string name, long executions)
    {
        yield return Figures.Single($"{name} transactions", (double)Transactions / executions, "per execution");
        yield return Figures.Single($"{name} WAL", (double)LogBytes / executions, "bytes per execution");
        yield return Figures.Single($"{name} processor, server", Server.TotalMilliseconds / executions, "ms per execution");
        yield return Figures.Single($"{name} processor, database", Database.TotalMilliseconds / executions, "ms per execution");
    }
}
