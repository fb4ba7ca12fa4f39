using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Plugins.Tasks.Sql;

namespace FlowApps.Plugins.Triggers.Sql;

/// <summary>
/// Asks a PostgreSQL or SQLite database again and again and starts an execution when there are rows (<c>trigger.rows</c>, <c>row</c> or <c>uri</c>, and <c>size</c>). With
/// <c>cursor</c> each row is found once: the column's value in the last row is stored with the execution and is <c>:cursor</c> in the next query.
/// </summary>
[Plugin("sql.Trigger", "jdbc.postgresql.Trigger", "jdbc.sqlite.Trigger", Icon = "database-search")]
public sealed record SqlTrigger : PollingTrigger, ISqlFields, IValidated
{
    private const string LastSeen = "cursor";

    /// <summary>The database: <c>jdbc:postgresql://host:5432/name</c> or <c>jdbc:sqlite:/folder/file</c>, a file in a folder of FlowApps:LocalFolders.</summary>
    public required Property<string> Url { get; init; }

    /// <summary>Who asks.</summary>
    public Property<string>? Username { get; init; }

    /// <summary>The password; a secret.</summary>
    public Property<string>? Password { get; init; }

    /// <summary>The query. With <c>cursor</c>, ordered by that column: <c>SELECT … WHERE id > :cursor ORDER BY id</c>.</summary>
    public required Property<string> Sql { get; init; }

    /// <summary>Statements to run afterwards, in the same transaction, before the execution is stored: a crash in between loses the rows, which <c>cursor</c> never does.</summary>
    [Alias("afterSQL")]
    public Property<string>? AfterSql { get; init; }

    /// <summary>The values of <c>:name</c> in the query.</summary>
    public Property<IReadOnlyDictionary<string, object?>>? Parameters { get; init; }

    /// <summary>What becomes of the rows: FETCH, FETCH_ONE or STORE.</summary>
    public Property<FetchType> FetchType { get; init; } = "FETCH";

    /// <summary>How many rows FETCH takes; more are an error. With a cursor, put a LIMIT into the query: the rest comes next.</summary>
    public Property<int> MaxRows { get; init; } = new(10_000);

    /// <summary>The column that grows, such as a number or a time; needs FETCH or FETCH_ONE.</summary>
    public Property<string>? Cursor { get; init; }

    /// <summary>The value of <c>:cursor</c> in the first query.</summary>
    public Property<object>? CursorStart { get; init; }

    public IEnumerable<Problem> Validate()
    {
        if (FetchType.Raw is "NONE") yield return new Problem("fetch_type_none", "A trigger must look at the rows: use FETCH, FETCH_ONE or STORE.", "fetchType");
        if (Cursor is not null && CursorStart is null) yield return new Problem("cursor_start_missing", "The first query needs a value for :cursor, such as 0.", "cursorStart");
        if (Cursor is not null && FetchType.Raw is "STORE") yield return new Problem("cursor_unread", "A cursor is read from the rows: use FETCH or FETCH_ONE.", "fetchType");
    }

    public override async ValueTask<IReadOnlyDictionary<string, object?>?> EvaluateAsync(TaskContext context, CancellationToken cancellation)
    {
        var given = Data.Map();
        if (Cursor is not null) given[LastSeen] = context.Memory.Value.TryGetValue(LastSeen, out var last) ? last : context.Render(CursorStart);
        var outputs = await SqlRun.RunAsync(this, context, given, cancellation);
        if (outputs.GetValueOrDefault("size") is null or 0 or 0L) return null;
        if (context.Render(Cursor) is { } column) context.Memory.Keep(Data.Map((LastSeen, LastOf(outputs, column))));
        return outputs;
    }

    private static object LastOf(OrderedDictionary<string, object?> outputs, string column)
    {
        var row = outputs.GetValueOrDefault("row") ?? (outputs.GetValueOrDefault("rows") as IReadOnlyList<object?>)?[^1];
        return (row as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(column) ?? throw new TaskFailedException($"The last row has no value in the column '{column}', which is the cursor.");
    }
}
