using FlowApps.Domain.Executions;
using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>The labels that executions are found by: written with a new execution, rewritten by an event that changes them.</summary>
internal sealed class LabelRows : Rows
{
    // Runs before the row of the execution gets its new labels.
    private const string Remove = """
        delete from labels l using executions e, unnest(e.labels) as old(term)
        where e.id = any($1) and l.term = old.term and l.start_date = e.start_date and l.execution_id = e.id
        """;

    private const string Insert = "insert into labels (term, start_date, execution_id) select * from unnest($1, $2, $3)";

    private readonly Column<string> changed = new(), term = new(), execution = new();
    private readonly Column<DateTimeOffset> start = new();

    public override void Add(PreparedCommit commit)
    {
        foreach (var append in commit.Commit.Appends)
        {
            if (append.ExpectedVersion > 0)
            {
                if (!append.Events.Any(happened => happened is LabelsChanged)) continue;
                changed.Add(append.ExecutionId);
            }
            foreach (var label in LabelTerms.Findable(append.ExecutionId, append.State.Labels))
            {
                term.Add(label);
                start.Add(append.State.State.StartDate.ToUniversalTime());
                execution.Add(append.ExecutionId);
            }
        }
    }

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (changed.Count > 0) yield return Command(Remove, changed);
        if (term.Count > 0) yield return Command(Insert, term, start, execution);
    }
}
