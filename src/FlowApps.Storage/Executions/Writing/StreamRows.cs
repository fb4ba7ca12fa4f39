using FlowApps.Domain.Executions;
using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>Appends: a journal row each, and the row of the current state, new or moved from exactly the expected version.</summary>
internal sealed class StreamRows(DateTimeOffset now) : Rows
{
    private const string Journal = "insert into journal (execution_id, version, events) select * from unnest($1, $2, $3)";

    private const string Create = """
        insert into executions (id, version, snapshot_version, updated_at, end_date, start_date, revision, state, kind, namespace, flow_id, created_by, trigger_type,
            trigger_execution_id, parent_id, original_id, labels, inputs, snapshot)
        select id, version, case when snapshot is null then 0 else version end, updated_at, end_date, start_date, revision, state, kind, namespace, flow_id, created_by, trigger_type,
            trigger_execution_id, parent_id, original_id, string_to_array(labels, e'\x1e'), inputs, snapshot
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) as r(id, version, updated_at, end_date, start_date, revision, state, kind,
            namespace, flow_id, created_by, trigger_type, trigger_execution_id, parent_id, original_id, labels, inputs, snapshot)
        """;

    private const string Move = """
        with moved as (
            update executions e set version = r.version, updated_at = r.updated_at, end_date = r.end_date, revision = r.revision, state = r.state,
                labels = string_to_array(r.labels, e'\x1e'), inputs = coalesce(r.inputs, e.inputs),
                snapshot_version = case when r.snapshot is null then e.snapshot_version else r.version end, snapshot = coalesce(r.snapshot, e.snapshot)
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as r(id, expected, version, updated_at, end_date, revision, state, labels, inputs, snapshot)
            where e.id = r.id and e.version = r.expected returning 1)
        select expect((select count(*) from moved), $11, 'FA001')
        """;

    private readonly Column<string> journalId = new();
    private readonly Column<long> journalVersion = new();
    private readonly Column<byte[]?> journalEvents = new();

    private readonly Column<string> newId = new(), newNamespace = new(), newFlow = new(), newLabels = new();
    private readonly Column<string?> newCreator = new(), newTrigger = new(), newTriggerExecution = new(), newParent = new(), newOriginal = new();
    private readonly Column<long> newVersion = new();
    private readonly Column<DateTimeOffset> newUpdated = new(), newStart = new();
    private readonly Column<DateTimeOffset?> newEnd = new();
    private readonly Column<int> newRevision = new();
    private readonly Column<short> newState = new(), newKind = new();
    private readonly Column<byte[]?> newInputs = new(), newSnapshot = new();

    private readonly Column<string> id = new(), labels = new();
    private readonly Column<long> expected = new(), version = new();
    private readonly Column<DateTimeOffset> updated = new();
    private readonly Column<DateTimeOffset?> end = new();
    private readonly Column<int> revision = new();
    private readonly Column<short> state = new();
    private readonly Column<byte[]?> inputs = new(), snapshot = new();

    public override void Add(PreparedCommit commit)
    {
        for (var i = 0; i < commit.Commit.Appends.Count; i++)
        {
            var append = commit.Commit.Appends[i];
            journalId.Add(append.ExecutionId);
            journalVersion.Add(append.ExpectedVersion + 1);
            journalEvents.Add(commit.Events[i]);
            if (append.ExpectedVersion == 0) AddNew(append, commit.Inputs[i], commit.Snapshots[i]);
            else AddMoved(append, commit.Inputs[i], commit.Snapshots[i]);
        }
    }

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (newId.Count > 0)
            yield return Command(Create, newId, newVersion, newUpdated, newEnd, newStart, newRevision, newState, newKind, newNamespace, newFlow, newCreator, newTrigger,
                newTriggerExecution, newParent, newOriginal, newLabels, newInputs, newSnapshot);
        if (id.Count > 0) yield return Expecting(id.Count, Move, id, expected, version, updated, end, revision, state, labels, inputs, snapshot);
        if (journalId.Count > 0) yield return Command(Journal, journalId, journalVersion, journalEvents);
    }

    private void AddNew(StreamAppend append, byte[]? answers, byte[]? document)
    {
        var execution = append.State;
        newId.Add(append.ExecutionId);
        newVersion.Add(append.Events.Count);
        newUpdated.Add(now);
        newEnd.Add(execution.State.EndDate?.ToUniversalTime());
        newStart.Add(execution.State.StartDate.ToUniversalTime());
        newRevision.Add(execution.FlowRevision);
        newState.Add((short)execution.State.Current);
        newKind.Add((short)execution.Kind);
        newNamespace.Add(execution.Namespace);
        newFlow.Add(execution.FlowId);
        newCreator.Add(execution.CreatedBy);
        newTrigger.Add(execution.Trigger?.Type);
        newTriggerExecution.Add(execution.Trigger?.Variables.GetValueOrDefault("executionId") as string);
        newParent.Add(execution.ParentId);
        newOriginal.Add(execution.OriginalId);
        newLabels.Add(LabelTerms.Join(execution.Labels));
        newInputs.Add(answers);
        newSnapshot.Add(document);
    }

    private void AddMoved(StreamAppend append, byte[]? answers, byte[]? document)
    {
        var execution = append.State;
        id.Add(append.ExecutionId);
        expected.Add(append.ExpectedVersion);
        version.Add(append.ExpectedVersion + append.Events.Count);
        updated.Add(now);
        end.Add(execution.State.EndDate?.ToUniversalTime());
        revision.Add(execution.FlowRevision);
        state.Add((short)execution.State.Current);
        labels.Add(LabelTerms.Join(execution.Labels));
        inputs.Add(answers);
        snapshot.Add(document);
    }
}
