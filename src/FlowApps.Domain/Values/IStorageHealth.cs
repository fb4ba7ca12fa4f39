namespace FlowApps.Domain.Values;

public enum StorageState { Ready, Degraded, Away }

/// <summary>How the storage is: why it is not ready, how long it took to answer a small question, how many commits wait to be written.</summary>
public sealed record StorageCondition(StorageState State, string? Why, TimeSpan Answer, int Waiting);

/// <summary>For health pages and probes. Answers within a few seconds, also when the database is away.</summary>
public interface IStorageHealth
{
    Task<StorageCondition> LookAsync(CancellationToken cancellation);
}
