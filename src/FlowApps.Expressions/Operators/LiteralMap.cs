namespace FlowApps.Expressions.Operators;

/// <summary>A map that a template made itself: Pebble makes it of another class than the maps of a flow, which <c>className</c> shows.</summary>
internal sealed class LiteralMap : OrderedDictionary<string, object?>
{
    public LiteralMap(int capacity) : base(capacity, StringComparer.Ordinal) { }

    public LiteralMap(IReadOnlyDictionary<string, object?> entries) : base(entries, StringComparer.Ordinal) { }
}
