namespace FlowApps.Plugins.Tasks.Sql;

/// <summary>What becomes of the rows of a query.</summary>
public enum FetchType
{
    /// <summary>They are not read.</summary>
    None,

    /// <summary>They go into a file of the internal storage, one JSON item per line: <c>uri</c>.</summary>
    Store,

    /// <summary>They are in the outputs: <c>rows</c>.</summary>
    Fetch,

    /// <summary>The first is in the outputs: <c>row</c>.</summary>
    FetchOne,
}
