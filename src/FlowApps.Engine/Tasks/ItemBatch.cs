using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tasks;

/// <summary>How the items of a file are grouped: one of rows, partitions or bytes.</summary>
public sealed record ItemBatch
{
    public Property<int>? Rows { get; init; }
    public Property<int>? Partitions { get; init; }
    public Property<string>? Bytes { get; init; }
    public Property<string>? Separator { get; init; }
}
