namespace FlowApps.Plugins.Tasks.Sql;

/// <summary>
/// Runs SQL on a PostgreSQL or SQLite database. Values go in as parameters (<c>:name</c>), never as part of the text. Several statements may be given, separated by
/// semicolons; the rows are those of the first that has any.
/// </summary>
[Plugin("sql.Query", "jdbc.postgresql.Query", "jdbc.sqlite.Query", Icon = "database-search")]
public sealed record Query : RunnableTask, ISqlFields
{
    /// <summary>
    /// The database: <c>jdbc:postgresql://host:5432/name</c> (options: sslmode, currentSchema, ApplicationName, connectTimeout) or <c>jdbc:sqlite:file</c>, where the file is in
    /// the working directory or, as an absolute path, in a folder of FlowApps:LocalFolders.
    /// </summary>
    public required Property<string> Url { get; init; }

    /// <summary>Who asks.</summary>
    public Property<string>? Username { get; init; }

    /// <summary>The password; a secret.</summary>
    public Property<string>? Password { get; init; }

    /// <summary>The statements.</summary>
    public required Property<string> Sql { get; init; }

    /// <summary>Statements to run afterwards, in the same transaction.</summary>
    [Alias("afterSQL")]
    public Property<string>? AfterSql { get; init; }

    /// <summary>The values of <c>:name</c> in the statements. Lists are arrays, maps are JSON.</summary>
    public Property<IReadOnlyDictionary<string, object?>>? Parameters { get; init; }

    /// <summary>What becomes of the rows: NONE, STORE, FETCH or FETCH_ONE.</summary>
    public Property<FetchType> FetchType { get; init; } = "NONE";

    /// <summary>How many rows FETCH takes into the outputs; more fail the task.</summary>
    public Property<int> MaxRows { get; init; } = new(10_000);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation) =>
        TaskOutcome.Success(await SqlRun.RunAsync(this, context, Data.Map(), cancellation));
}
