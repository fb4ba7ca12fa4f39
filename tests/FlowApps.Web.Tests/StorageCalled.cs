using FlowApps.Domain.Values;

namespace FlowApps.Web.Tests;

/// <summary>A storage that says of itself what a test wants.</summary>
internal sealed class StorageCalled(StorageState state) : IStorageHealth
{
    public Task<StorageCondition> LookAsync(CancellationToken cancellation) =>
        Task.FromResult(new StorageCondition(state, state == StorageState.Ready ? null : "The database does not answer.", TimeSpan.FromMilliseconds(1), 0));
}
