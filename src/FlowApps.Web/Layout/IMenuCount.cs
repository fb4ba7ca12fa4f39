namespace FlowApps.Web.Layout;

/// <summary>A number beside a menu entry, such as what waits for the reader. Registered by the feature that knows it.</summary>
public interface IMenuCount
{
    /// <summary>The entry's address.</summary>
    string Route { get; }

    Task<long> CountAsync(CancellationToken cancellation);
}
