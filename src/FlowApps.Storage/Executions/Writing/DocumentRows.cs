using FlowApps.Domain.Values;
using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>Documents: written over whatever is there, made new (an expired one counts as gone), moved from exactly the expected version, or deleted.</summary>
internal sealed class DocumentRows(DateTimeOffset now) : Rows
{
    private const string Values = "unnest($1, $2, $3, $4, $5, $6, $7) as r(kind, id, json, namespace, owner, expires_at, expected)";

    private const string ClearExpired = "delete from documents d using unnest($1, $2) as r(kind, id) where d.kind = r.kind and d.id = r.id and d.expires_at <= $3";

    private const string Insert = $"""
        insert into documents as d (version, updated_at, kind, id, json, namespace, owner, expires_at)
        select 1, $8, kind, id, json, namespace, owner, expires_at from {Values}
        """;

    private const string Overwrite = $"""
        {Insert} on conflict (kind, id) do update set version = d.version + 1, updated_at = excluded.updated_at, json = excluded.json, namespace = excluded.namespace,
            owner = excluded.owner, expires_at = excluded.expires_at
        """;

    private const string Move = $"""
        with moved as (
            update documents d set version = d.version + 1, updated_at = $8, json = r.json, namespace = r.namespace, owner = r.owner, expires_at = r.expires_at from {Values}
            where d.kind = r.kind and d.id = r.id and d.version = r.expected and (d.expires_at is null or d.expires_at > $8) returning 1)
        select expect((select count(*) from moved), $9, 'FA001')
        """;

    private const string Delete = """
        with gone as (
            delete from documents d using unnest($1, $2, $3) as r(kind, id, expected)
            where d.kind = r.kind and d.id = r.id and (r.expected is null or d.version = r.expected) returning r.expected)
        select expect((select count(expected) from gone), $4, 'FA001')
        """;

    private readonly Set made = new(), moved = new(), over = new();
    private readonly Column<string> goneKind = new(), goneId = new();
    private readonly Column<long?> goneExpected = new();
    private int goneExpecting;

    public override void Add(PreparedCommit commit)
    {
        for (var i = 0; i < commit.Commit.Documents.Count; i++)
        {
            var write = commit.Commit.Documents[i];
            if (commit.Documents[i] is not { } json) Remove(write);
            else if (write.ExpectedVersion is null) over.Add(write, json);
            else if (write.ExpectedVersion == 0) made.Add(write, json);
            else moved.Add(write, json);
        }
    }

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (goneKind.Count > 0) yield return Expecting(goneExpecting, Delete, goneKind, goneId, goneExpected);
        if (made.Count > 0)
        {
            yield return At(Command(ClearExpired, made.Kind, made.Id));
            yield return At(Command(Insert, made.Columns));
        }
        if (over.Count > 0) yield return At(Command(Overwrite, over.Columns));
        if (moved.Count > 0)
        {
            var command = At(Command(Move, moved.Columns));
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = moved.Count });
            yield return command;
        }
    }

    private void Remove(DocumentWrite write)
    {
        goneKind.Add(write.Kind);
        goneId.Add(write.Id);
        goneExpected.Add(write.ExpectedVersion);
        if (write.ExpectedVersion is not null) goneExpecting++;
    }

    private NpgsqlBatchCommand At(NpgsqlBatchCommand command)
    {
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return command;
    }

    private sealed class Set
    {
        private readonly Column<byte[]> json = new();
        private readonly Column<string?> ns = new(), owner = new();
        private readonly Column<DateTimeOffset?> expires = new();
        private readonly Column<long?> expected = new();

        public Column<string> Kind { get; } = new();

        public Column<string> Id { get; } = new();

        public int Count => Kind.Count;

        public Column[] Columns => [Kind, Id, json, ns, owner, expires, expected];

        public void Add(DocumentWrite write, byte[] document)
        {
            Kind.Add(write.Kind);
            Id.Add(write.Id);
            json.Add(document);
            ns.Add(write.Namespace);
            owner.Add(write.Owner);
            expires.Add(write.ExpiresAt?.ToUniversalTime());
            expected.Add(write.ExpectedVersion);
        }
    }
}
