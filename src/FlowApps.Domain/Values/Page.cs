namespace FlowApps.Domain.Values;

/// <summary>One page of a list. <c>Total</c> counts all matches; a store may stop counting at a stated ceiling.</summary>
public sealed record Page<T>(IReadOnlyList<T> Results, long Total);

/// <summary>Which page to read: <c>Number</c> from 1, <c>Size</c> 1 to 1000. <c>Sort</c> as "field:asc" or "field:desc".</summary>
public sealed record PageRequest(int Number = 1, int Size = 25, string? Sort = null)
{
    public int Offset => (Math.Max(Number, 1) - 1) * Limit;

    public int Limit => Math.Clamp(Size, 1, 1000);
}
