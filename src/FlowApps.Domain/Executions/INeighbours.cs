namespace FlowApps.Domain.Executions;

/// <summary>What a process hears of the others that share its store.</summary>
public abstract record NeighbourNews
{
    private NeighbourNews() { }

    /// <summary>Work was committed that nobody holds.</summary>
    public sealed record WorkWaits : NeighbourNews;

    /// <summary>A flow was saved or removed.</summary>
    public sealed record FlowsChanged : NeighbourNews;

    /// <summary>An execution has a new version; what is remembered of an older one is out of date.</summary>
    public sealed record ExecutionMoved(ExecutionNews News) : NeighbourNews;

    /// <summary>From now on everything is heard. What was said before may have been missed.</summary>
    public sealed record Hearing : NeighbourNews;

    /// <summary>The connection broke: until the next <see cref="Hearing"/> nothing is heard.</summary>
    public sealed record Deaf : NeighbourNews;
}

/// <summary>The processes that share a store: who lives, and what they committed. An owner is written <c>node:boot</c>.</summary>
public interface INeighbours
{
    /// <summary>Lives under this name for the others, and hears them, for as long as it is enumerated; a process that ends without a word is gone for them at once.</summary>
    IAsyncEnumerable<NeighbourNews> WatchAsync(string owner, CancellationToken cancellation);

    /// <summary>Those of the owners that live no more. One whose connection has just broken counts as gone until it is back, so ask twice unless it is known to be dead.</summary>
    Task<IReadOnlySet<string>> GoneAsync(IReadOnlyCollection<string> owners, CancellationToken cancellation);

    /// <summary>Whether anybody lives besides this owner.</summary>
    Task<bool> AnyAsync(string owner, CancellationToken cancellation);
}
