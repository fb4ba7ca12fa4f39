using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>Notices come; they leave when they are told.</summary>
internal sealed class NoticeRows : Rows
{
    private const string Insert = "insert into notices (id, notice) select * from unnest($1, $2)";

    private readonly Column<string> id = new();
    private readonly Column<byte[]?> notice = new();

    public override void Add(PreparedCommit commit)
    {
        for (var i = 0; i < commit.Commit.Notices.Count; i++)
        {
            id.Add(commit.Commit.Notices[i].Id);
            notice.Add(commit.Notices[i]);
        }
    }

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (id.Count > 0) yield return Command(Insert, id, notice);
    }
}
