using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>Letters: answered ones leave, new ones come unless already there.</summary>
internal sealed class LetterRows : Rows
{
    private const string Remove = "delete from letters where id = any($1)";

    private const string Insert = "insert into letters (id, execution_id, command) select * from unnest($1, $2, $3) as r(id) where not exists (select from letters l where l.id = r.id)";

    private readonly Column<string> removed = new(), id = new(), execution = new();
    private readonly Column<byte[]?> command = new();

    public override void Add(PreparedCommit commit)
    {
        foreach (var letterId in commit.Commit.RemoveLetters) removed.Add(letterId);
        for (var i = 0; i < commit.Commit.AddLetters.Count; i++)
        {
            id.Add(commit.Commit.AddLetters[i].Id);
            execution.Add(commit.Commit.AddLetters[i].ExecutionId);
            command.Add(commit.Letters[i]);
        }
    }

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (removed.Count > 0) yield return Command(Remove, removed);
        if (id.Count > 0) yield return Command(Insert, id, execution, command);
    }
}
