using FlowApps.Domain.Executions;
using FlowApps.Storage.Databases;
using Timer = FlowApps.Domain.Executions.Timer;

namespace FlowApps.Storage.Executions;

/// <summary>What is committed and not yet acted on.</summary>
internal sealed class PendingStore(Database database) : IPendingStore
{
    // A difference of sets is hashed, whatever the planner believes of tables that filled a moment ago; as anti-joins, a hundred thousand that wait took seconds.
    // A child is any execution that this one's Subflow task started and that still runs.
    private const string Asleep = """
        select e.id from (
            select id from executions where state in ({0}) and updated_at < $1
            except (select execution_id from waits where decided_at is null union all select execution_id from work union all select execution_id from timers union all select execution_id from letters)) e
        where not exists (select from executions c where c.trigger_execution_id = e.id and c.state in ({0}))
        limit $2
        """;

    private static readonly string Open = ExecutionFilter.Numbers(Enum.GetValues<State>().Where(state => !state.IsTerminal).ToList());

    public async Task<IReadOnlyList<Timer>> TimersAsync(DateTimeOffset dueBefore, int limit, CancellationToken cancellation) =>
        [.. (await database.ListAsync(new Statement("select id, execution_id, due, command from timers where due < $1 order by due limit $2", dueBefore, (long)limit),
            row => row.JsonOrNull<ExecutionCommand>(3) is { } command ? new Timer(row.GetString(0), row.GetString(1), row.At(2), command) : null, cancellation)).OfType<Timer>()];

    public async Task<IReadOnlyList<Letter>> LettersAsync(int limit, CancellationToken cancellation) =>
        [.. (await database.ListAsync(new Statement("select id, execution_id, command from letters order by seq limit $1", (long)limit),
            row => row.JsonOrNull<ExecutionCommand>(2) is { } command ? new Letter(row.GetString(0), row.GetString(1), command) : null, cancellation)).OfType<Letter>()];

    public async Task<IReadOnlyList<string>> WithoutWakerAsync(DateTimeOffset idleSince, int limit, CancellationToken cancellation) =>
        await database.ListAsync(new Statement(Asleep.Replace("{0}", Open, StringComparison.Ordinal), idleSince, (long)limit), row => row.GetString(0), cancellation);
}
