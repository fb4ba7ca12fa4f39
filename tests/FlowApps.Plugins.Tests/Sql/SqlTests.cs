using FlowApps.Domain.Triggers;
using FlowApps.Plugins.Files;
using FlowApps.Plugins.Http;
using FlowApps.Plugins.Tasks.Sql;
using FlowApps.Plugins.Tests.Triggers;
using FlowApps.Plugins.Triggers.Sql;

namespace FlowApps.Plugins.Tests.Sql;

/// <summary>SQL against a real PostgreSQL server and real SQLite files.</summary>
public sealed class SqlTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("flowapps-sql-").FullName;
    private readonly List<TaskContextFake> contexts = [];

    private string File => "jdbc:sqlite:" + Path.Combine(root, "a.db");

    public void Dispose()
    {
        contexts.ForEach(context => context.Dispose());
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Postgres_values_come_out_as_plain_data()
    {
        var row = Row(await RunAsync(OnPostgres("""
            SELECT 1 AS i, 5000000000 AS l, 1.50::numeric AS n, true AS b, 'x' AS t, NULL::int AS nothing, '2026-01-02'::date AS d,
            '2026-01-02 03:04:05.5'::timestamp AS ts, '2026-01-02T03:04:05Z'::timestamptz AS tz, '{"a": [1]}'::jsonb AS j, ARRAY[1,2] AS list, '1 month 2 days 3 seconds'::interval AS wait, '\x01'::bytea AS bytes
            """) with { FetchType = "FETCH_ONE" }));
        Assert.Equal("""{"i":1,"l":5000000000,"n":1.50,"b":true,"t":"x","d":"2026-01-02","ts":"2026-01-02T03:04:05.5","tz":"2026-01-02T03:04:05Z","j":{"a":[1]},"list":[1,2],"wait":"P1M2DT3S","bytes":"AQ=="}""",
            Data.Write(row.Where(column => column.Value is not null).ToDictionary()));
        Assert.True(row.TryGetValue("nothing", out var nothing) && nothing is null);
    }

    [Fact]
    public async Task Parameters_are_values_and_never_part_of_the_text()
    {
        const string Evil = "1'; DROP TABLE people; --";
        await server.ExecuteAsync("DROP TABLE IF EXISTS people; CREATE TABLE people (id int, name text, tags text[], facts jsonb)");
        var parameters = Parameters(("id", "{{ 40 + 2 }}"), ("name", Evil), ("tags", new List<object?> { "a", "b" }), ("facts", Data.Map(("k", 1))));
        var inserted = await RunAsync(OnPostgres("INSERT INTO people VALUES (:id, :name, :tags, :facts)") with { Parameters = parameters });
        Assert.Equal(1, inserted["affectedRows"]);
        var row = Row(await RunAsync(OnPostgres("SELECT * FROM people WHERE id = :id AND name = :name") with { Parameters = parameters, FetchType = "FETCH_ONE" }));
        Assert.Equal((42, Evil), (row["id"], row["name"]));

        var onFile = OnFile("CREATE TABLE people (id int, name text); INSERT INTO people VALUES (:id, :name); SELECT name FROM people WHERE id = :id") with { Parameters = parameters, FetchType = "FETCH_ONE" };
        Assert.Equal(Evil, Row(await RunAsync(onFile))["name"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_are_limited_in_outputs_and_unlimited_in_files(bool onPostgres)
    {
        const string Many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i FROM n";
        var query = onPostgres ? OnPostgres(Many) : OnFile(Many);
        Assert.Contains("STORE", (await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(query with { FetchType = "FETCH" }))).Message, StringComparison.Ordinal);
        var context = Context();
        var outputs = (await (query with { FetchType = "STORE" }).RunAsync(context, default)).Outputs!;
        Assert.Equal(20000L, outputs["size"]);
        var lines = (await context.ReadAsync(outputs["uri"])).TrimEnd().Split('\n');
        Assert.Equal((20000, """{"i":20000}"""), (lines.Length, lines[^1]));
    }

    [Theory]
    [InlineData("SELEC 1", "syntax error")]
    [InlineData("SELECT * FROM nowhere", "nowhere")]
    public async Task Database_says_itself_what_is_wrong(string sql, string word)
    {
        foreach (var query in new[] { OnPostgres(sql), OnFile(sql) })
            Assert.Contains(word, (await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(query))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statements_afterwards_are_in_the_same_transaction()
    {
        await server.ExecuteAsync("DROP TABLE IF EXISTS jobs; CREATE TABLE jobs (id int, done bool); INSERT INTO jobs VALUES (1, false)");
        var take = OnPostgres("UPDATE jobs SET done = true RETURNING id") with { FetchType = "FETCH" };
        await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(take with { AfterSql = "SELECT 1/0" }));
        Assert.Equal(false, Row(await RunAsync(OnPostgres("SELECT done FROM jobs") with { FetchType = "FETCH_ONE" }))["done"]);
        await RunAsync(take with { AfterSql = "DELETE FROM jobs WHERE done" });
        Assert.Equal(0, (await RunAsync(OnPostgres("SELECT * FROM jobs") with { FetchType = "FETCH_ONE" }))["size"]);
    }

    [Theory]
    [InlineData("jdbc:sqlite:/etc/x.db", "FlowApps:LocalFolders")]
    [InlineData("jdbc:sqlite:../x.db", "working directory")]
    [InlineData("jdbc:postgresql:///var/run/postgresql", "not an address")]
    [InlineData("jdbc:postgresql://%2Fvar%2Frun/db", "not an address")]
    [InlineData("jdbc:postgresql://me:geheim@", "not an address")]
    [InlineData("jdbc:postgresql://169.254.169.254/db", "FlowApps:Outbound")]
    [InlineData("jdbc:postgresql://localhost/db?Host=/tmp", "not known")]
    [InlineData("jdbc:mysql://localhost/db", "must begin with")]
    public async Task Databases_that_are_none_or_not_permitted_are_refused(string url, string word)
    {
        var refusal = await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(OnFile("SELECT 1") with { Url = url, Username = "me" }));
        Assert.Contains(word, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ATTACH DATABASE '{0}' AS other")]
    [InlineData("VACUUM INTO '{0}'")]
    [InlineData("SELECT load_extension('{0}')")]
    public async Task Sqlite_opens_no_second_file(string sql)
    {
        var other = Path.Combine(root, "other.db");
        await RunAsync(OnFile("CREATE TABLE t (id int)"));
        await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(OnFile(sql.Replace("{0}", other, StringComparison.Ordinal))));
        Assert.False(System.IO.File.Exists(other));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelled_query_ends(bool onPostgres)
    {
        var query = onPostgres ? OnPostgres("SELECT pg_sleep(60)") : OnFile("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var running = Task.Run(async () => await (query with { FetchType = "FETCH" }).RunAsync(Context(), stop.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(120)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trigger_with_a_cursor_finds_each_row_once(bool onPostgres)
    {
        Task DoAsync(string sql) => RunAsync(onPostgres ? OnPostgres(sql) : OnFile(sql));
        var (url, user, password) = onPostgres ? (server.Url, "tester", PostgresServer.Password) : (File, null!, null!);
        var trigger = new SqlTrigger
        {
            Id = "t",
            Type = "sql.Trigger",
            Url = url,
            Username = user,
            Password = password,
            Cursor = "id",
            CursorStart = new Property<object>(0),
            Sql = "SELECT id, name FROM orders WHERE id > :cursor ORDER BY id LIMIT 2",
        };
        await DoAsync("DROP TABLE IF EXISTS orders; CREATE TABLE orders (id bigint, name text)");
        var context = Context();
        Assert.Null(await trigger.EvaluateAsync(context, default));
        await DoAsync("INSERT INTO orders VALUES (7, 'a'), (8, 'b'), (9, 'c')");
        Assert.Equal([7, 8], await IdsAsync(trigger, context));
        Assert.Equal([9], await IdsAsync(trigger, context));
        var restarted = Context(new TriggerMemory((IReadOnlyDictionary<string, object?>)Data.Parse(Data.Write(context.Memory.Value))!));
        Assert.Null(await trigger.EvaluateAsync(restarted, default));
        await DoAsync("INSERT INTO orders VALUES (10, 'd')");
        Assert.Equal([10], await IdsAsync(trigger, restarted));
    }

    [Fact]
    public async Task Listener_hears_each_notification_in_order()
    {
        var trigger = new PostgresListen { Id = "t", Type = "postgres.Listen", Url = server.Url, Username = "tester", Password = PostgresServer.Password, Channel = "My \"orders\"" };
        var context = Context();
        var ready = new TaskCompletionSource();
        context.Logged += line => ready.TrySetResult();
        await using var listening = new Listening(trigger, context);
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(120));
        await server.ExecuteAsync("SELECT pg_notify('My \"orders\"', n::text) FROM generate_series(1, 50) n");
        for (var number = 1; number <= 50; number++) Assert.Equal($"{number}", (await listening.NextAsync())["payload"]);
        await server.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'FlowApps' AND query LIKE 'LISTEN%'");
        await Assert.ThrowsAnyAsync<Exception>(listening.NextAsync);
    }

    private static async Task<IEnumerable<object?>> IdsAsync(SqlTrigger trigger, TaskContext context) =>
        ((IReadOnlyList<object?>)(await trigger.EvaluateAsync(context, default))!["rows"]!).Select(row => ((IReadOnlyDictionary<string, object?>)row!)["id"]).ToList();

    private Query OnPostgres(string sql) => new() { Id = "q", Type = "sql.Query", Url = server.Url, Username = "tester", Password = PostgresServer.Password, Sql = sql };

    private Query OnFile(string sql) => new() { Id = "q", Type = "sql.Query", Url = File, Sql = sql };

    private async Task<IReadOnlyDictionary<string, object?>> RunAsync(Query query) => (await query.RunAsync(Context(), default)).Outputs!;

    private TaskContextFake Context(TriggerMemory? memory = null)
    {
        var context = new TaskContextFake { Memory = memory ?? new TriggerMemory() };
        contexts.Add(context);
        return context.With(new LocalFolders(Path.Combine(root, "data"), [root])).With(new OutboundPolicy([], []));
    }

    private static Property<IReadOnlyDictionary<string, object?>> Parameters(params ReadOnlySpan<(string, object?)> entries) => new(Data.Map(entries));

    private static IReadOnlyDictionary<string, object?> Row(IReadOnlyDictionary<string, object?> outputs) => (IReadOnlyDictionary<string, object?>)outputs["row"]!;
}
