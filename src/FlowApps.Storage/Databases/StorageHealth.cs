using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Storage.Executions;
using Npgsql;

namespace FlowApps.Storage.Databases;

/// <summary>Asks the database one small question and looks at the queue of commits.</summary>
internal sealed class StorageHealth(Database database, CommitPipeline pipeline) : IStorageHealth
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public async Task<StorageCondition> LookAsync(CancellationToken cancellation)
    {
        var since = database.Clock.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            await database.FirstAsync(new Statement("select 1"), row => row.GetInt32(0), limit.Token);
        }
        catch (Exception e) when (e is RefusedException or NpgsqlException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new StorageCondition(StorageState.Away, "The database does not answer.", database.Clock.GetElapsedTime(since), pipeline.Waiting);
        }
        var took = database.Clock.GetElapsedTime(since);
        return took > Slow
            ? new StorageCondition(StorageState.Degraded, "The database answers slowly.", took, pipeline.Waiting)
            : new StorageCondition(StorageState.Ready, null, took, pipeline.Waiting);
    }
}
