using System.Data.Common;
using FlowApps.Domain.Approvals;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Storage.Databases;
using FlowApps.Storage.Executions.Writing;

namespace FlowApps.Storage.Approvals;

/// <summary>The approver's inbox. A wait that names nobody is for everyone; the web adds the rights in its namespace.</summary>
internal sealed class WaitStore(Database database) : IWaitStore
{
    private const string Columns = "wait, decision, execution_id";

    private static readonly Dictionary<string, string> Sorts = new(StringComparer.Ordinal) { ["since"] = "since", ["due"] = "due", ["urgency"] = "urgency", ["decidedAt"] = "decided_at" };

    public Task<Wait?> FindAsync(string executionId, string taskRunId, CancellationToken cancellation) =>
        database.FirstAsync<Wait?>(new Statement($"select {Columns} from waits where execution_id = $1 and task_run_id = $2", executionId, taskRunId), Read, cancellation);

    public async Task<IReadOnlyList<Wait>> OfExecutionAsync(string executionId, CancellationToken cancellation) =>
        await database.ListAsync(new Statement($"select {Columns} from waits where execution_id = $1 order by since, task_run_id", executionId), Read, cancellation);

    public async Task<Page<Wait>> SearchAsync(WaitQuery query, PageRequest page, CancellationToken cancellation)
    {
        var found = await database.PageAsync(Columns, "waits", Where(query), $"{Filter.Order(page.Sort, Sorts, IsOpen(query) ? "urgency desc, since" : "decided_at desc")}, task_run_id", page, ReadOrNull, cancellation);
        return new Page<Wait>([.. found.Results.OfType<Wait>()], found.Total);
    }

    public async Task<DecisionPace> PaceAsync(WaitQuery toDecide, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation)
    {
        var decided = new Filter().And("decided_at >= ?", since.ToUniversalTime()).And("took_part @> ?", new[] { toDecide.Person!.User });
        var pace = await database.FirstAsync(decided.Statement("select count(*), percentile_cont(0.5) within group (order by extract(epoch from decided_at - since)), max(extract(epoch from decided_at - since))::float8 from waits{0}"),
            row => (Count: row.GetInt64(0), Median: Span(row, 1), Slowest: Span(row, 2)), cancellation);
        var waiting = Where(toDecide);
        var open = await database.FirstAsync(waiting.Statement($"select count(*), count(*) filter (where due < {waiting.Place(now.ToUniversalTime())}) from waits{{0}}"), row => (Open: row.GetInt64(0), Late: row.GetInt64(1)), cancellation);
        return new DecisionPace(pace.Count, pace.Median, pace.Slowest, open.Late, open.Open);
    }

    public async Task<IReadOnlyList<Wait>> LikeAsync(string ns, string flowId, string taskId, int limit, CancellationToken cancellation)
    {
        var found = await database.ListAsync(new Statement($"select {Columns} from waits where decided_at is not null and namespace = $1 and flow_id = $2 order by decided_at desc limit $3", ns, flowId, limit), ReadOrNull, cancellation);
        return [.. found.OfType<Wait>().Where(wait => wait.TaskId == taskId)];
    }

    private static bool IsOpen(WaitQuery query) => query.Lane switch { null => query.Open, WaitLane.Decided => false, _ => true };

    private static Filter Where(WaitQuery query)
    {
        var filter = new Filter().And(IsOpen(query) ? "decided_at is null" : "decided_at is not null");
        if (query.Namespace is { } ns) filter.InNamespace(ns, true);
        if (query.FlowId is { } flow) filter.And("flow_id = ?", flow);
        if (query.DueBefore is { } due) filter.And("due < ?", due.ToUniversalTime());
        if (query.AtLeast is { } urgency) filter.And("urgency >= ?", (short)urgency);
        if (query.Text is { Length: > 0 } text) filter.Containing(text, "namespace", "flow_id", "title", "requester");
        if (query.Lane is { } lane) InLane(filter, lane, query.Person ?? throw new ArgumentException("A lane is somebody's.", nameof(query)), query.InPlaceOf);
        return filter;
    }

    private static void InLane(Filter filter, WaitLane lane, Voice person, IReadOnlyList<Voice> inPlaceOf)
    {
        var me = new[] { person.User };
        var asked = filter.Place("audience && ?", Keys(person));
        var places = inPlaceOf.Select(place => Place(filter, place)).ToList();
        var toDecide = $"not (excluded @> {filter.Place(me)}) and ({string.Join(" or ", places.Prepend(asked))})";
        var own = filter.Place("audience @> ?", new[] { WaitPeople.User(person.User) });
        var assigned = $"({string.Join(" or ", places.Prepend(filter.Place("claimed_by = ?", person.User)).Prepend(own))})";
        _ = lane switch
        {
            WaitLane.ToDecide => filter.And(toDecide),
            WaitLane.Assigned => filter.And($"{toDecide} and {assigned}"),
            WaitLane.Available => filter.And($"{toDecide} and not coalesce({assigned}, false)"),
            WaitLane.WithOthers => filter.And($"took_part @> {filter.Place(me)} and not ({toDecide})"),
            WaitLane.Decided => filter.And($"took_part @> {filter.Place(me)}"),
            WaitLane.ToChange => filter.And($"requester = {filter.Place(person.User)} and audience = '{{}}'"),
            _ => throw new ArgumentOutOfRangeException(nameof(lane)),
        };
    }

    /// <summary>What somebody whose place is taken could decide, within the delegation's scope.</summary>
    private static string Place(Filter filter, Voice place)
    {
        var conditions = new List<string> { filter.Place("audience && ?", Keys(place)[1..]), $"not (excluded @> {filter.Place(new[] { place.User })})" };
        if (place.Namespace is { } ns) conditions.Add(filter.Place("(namespace = ? or (namespace >= ? || '.' and namespace < ? || '/'))", ns));
        if (place.FlowId is { } flow) conditions.Add(filter.Place("flow_id = ?", flow));
        if (place.Limit is { } limit) conditions.Add(filter.Place("coalesce(amount <= ?, false)", limit));
        return $"({string.Join(" and ", conditions)})";
    }

    private static string[] Keys(Voice person) => [WaitPeople.Everyone, WaitPeople.User(person.User), .. person.Groups.Select(WaitPeople.Group)];

    private static TimeSpan? Span(DbDataReader row, int column) => row.IsDBNull(column) ? null : TimeSpan.FromSeconds(row.GetDouble(column));

    private static Wait Read(DbDataReader row) => ReadOrNull(row) ?? throw RefusedException.Quarantined(row.GetString(2), "the question cannot be read");

    private static Wait? ReadOrNull(DbDataReader row) =>
        row.JsonOrNull<Wait>(0) is not { } wait ? null : row.IsDBNull(1) ? wait : row.JsonOrNull<WaitDecision>(1) is { } decision ? wait with { Decision = decision } : null;
}
