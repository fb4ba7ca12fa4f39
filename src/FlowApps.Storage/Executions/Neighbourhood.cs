using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FlowApps.Domain.Executions;
using FlowApps.Storage.Databases;
using Npgsql;

namespace FlowApps.Storage.Executions;

/// <summary>
/// The processes on one database. Each holds a lock under its name on the connection on which it listens: PostgreSQL frees it the moment the process is gone,
/// so that nobody has to guess from silence.
/// </summary>
internal sealed class Neighbourhood(Database database, Node process) : INeighbours
{
    private const string Locks = "pg_locks l where l.locktype = 'advisory' and l.classid = 1179403591 and l.objsubid = 2 and l.database = (select oid from pg_database where datname = current_database())";
    private const string Live = "select pg_advisory_lock_shared(1179403591, hashtext($1))";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async IAsyncEnumerable<NeighbourNews> WatchAsync(string owner, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var news = Channel.CreateUnbounded<NeighbourNews>(new UnboundedChannelOptions { SingleReader = true });
        var listening = ListenAsync(owner, news.Writer, cancellation);
        await foreach (var word in news.Reader.ReadAllAsync(CancellationToken.None)) yield return word;
        await listening;
        cancellation.ThrowIfCancellationRequested();
    }

    public async Task<IReadOnlySet<string>> GoneAsync(IReadOnlyCollection<string> owners, CancellationToken cancellation)
    {
        if (owners.Count == 0) return new HashSet<string>();
        var gone = await database.ListAsync(
            new Statement($"select o from unnest($1) o where not exists (select from {Locks} and l.objid = (hashtext(o)::bigint & 4294967295)::oid)", (object)owners.ToArray()), row => row.GetString(0), cancellation);
        return gone.ToHashSet(StringComparer.Ordinal);
    }

    public Task<bool> AnyAsync(string owner, CancellationToken cancellation) =>
        database.FirstAsync(new Statement($"select exists (select from {Locks} and l.objid <> (hashtext($1)::bigint & 4294967295)::oid)", owner), row => row.GetBoolean(0), cancellation);

    /// <summary>Lives and listens until cancelled, over broken connections.</summary>
    private async Task ListenAsync(string owner, ChannelWriter<NeighbourNews> news, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.ListenAsync("flowapps", cancellation);
                connection.Notification += (_, said) =>
                {
                    foreach (var word in NeighbourWords.Read(said.Payload, process.Id)) news.TryWrite(word);
                };
                await using (var live = new NpgsqlCommand(Live, connection))
                {
                    live.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner });
                    await live.ExecuteNonQueryAsync(cancellation);
                }
                news.TryWrite(new NeighbourNews.Hearing());
                while (true) await connection.WaitAsync(cancellation);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                // Whatever broke in the moment of the end, who listens is let go.
                break;
            }
            catch (NpgsqlException)
            {
                news.TryWrite(new NeighbourNews.Deaf());
                await Task.Delay(Pause, database.Clock, CancellationToken.None);
            }
        }
        news.Complete();
    }
}
