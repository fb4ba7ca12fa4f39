namespace FlowApps.Expressions;

/// <summary>
/// The root variables of a rendering. Values are plain .NET: null, bool, int, long, float, double, decimal, BigInteger, string,
/// DateTimeOffset (date-time with offset), DateTime (UTC: an instant; unspecified: local date-time), DateOnly, TimeOnly, TimeSpan,
/// lists as <c>IReadOnlyList&lt;object?&gt;</c> and maps as <c>IReadOnlyDictionary&lt;string, object?&gt;</c>.
/// A root of type <c>Func&lt;object?&gt;</c> or <c>Lazy&lt;object?&gt;</c> is computed when it is first asked for, and only once. Immutable; safe to share.
/// </summary>
public sealed class Scope
{
    private readonly IReadOnlyDictionary<string, object?> _roots;
    private readonly Dictionary<string, object?>? _added;

    public Scope(IReadOnlyDictionary<string, object?> roots, IOutside? outside = null) : this(roots, null, outside) { }

    private Scope(IReadOnlyDictionary<string, object?> roots, Dictionary<string, object?>? added, IOutside? outside)
    {
        Outside = outside;
        if (roots.Values.Any(value => value is Func<object?>))
            roots = roots.ToDictionary(root => root.Key, root => OnceOnly(root.Value), StringComparer.Ordinal);
        (_roots, _added) = (roots, added);
    }

    public static Scope Empty { get; } = new(new Dictionary<string, object?>());

    /// <summary>What functions look at that leave the execution; null: they throw <see cref="OutsideNeededException"/>.</summary>
    public IOutside? Outside { get; }

    /// <summary>A scope with one more (or replaced) root.</summary>
    public Scope With(string name, object? value)
    {
        var added = _added is null ? new Dictionary<string, object?>(StringComparer.Ordinal) : new Dictionary<string, object?>(_added, StringComparer.Ordinal);
        added[name] = OnceOnly(value);
        return new Scope(_roots, added, Outside);
    }

    /// <summary>A scope with one more root that is computed when it is first asked for.</summary>
    public Scope With(string name, Func<object?> value) => With(name, (object)value);

    /// <summary>The same variables with another outside.</summary>
    public Scope With(IOutside? outside) => new(_roots, _added, outside);

    public bool TryGet(string name, out object? value)
    {
        if ((_added is null || !_added.TryGetValue(name, out value)) && !TryGetRoot(name, out value)) return false;
        if (value is Lazy<object?> lazy) value = lazy.Value;
        return true;
    }

    /// <summary>All roots, computed, in the order they were given.</summary>
    public OrderedDictionary<string, object?> ToMap()
    {
        var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var name in _roots.Keys.Concat(_added is null ? [] : _added.Keys))
            map[name] = TryGet(name, out var value) ? value : null;
        return map;
    }

    private bool TryGetRoot(string name, out object? value) => _roots switch
    {
        OrderedDictionary<string, object?> ordered => ordered.TryGetValue(name, out value),
        Dictionary<string, object?> plain => plain.TryGetValue(name, out value),
        _ => _roots.TryGetValue(name, out value),
    };

    private static object? OnceOnly(object? value) => value is Func<object?> compute ? new Lazy<object?>(compute) : value;
}
