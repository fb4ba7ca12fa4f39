using System.Numerics;
using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Catalogue;

/// <summary>Values given to a filter, function or test, in the order of its parameters.</summary>
internal readonly ref struct Arguments(Evaluation evaluation, Signature signature, object?[] values)
{
    public Evaluation Evaluation { get; } = evaluation;

    public string Name => signature.Name;

    public ReadOnlySpan<object?> All => values;

    public bool Has(int index) => values[index] is not Missing;

    /// <summary>The value, null when it was not given.</summary>
    public object? Optional(int index) => values[index] is Missing ? null : values[index];

    /// <summary>The value, which must be given.</summary>
    public object? Required(int index) => values[index] is Missing ? throw Expected(index) : values[index];

    public string Text(int index) => Required(index) is string text ? text : throw Expected(index, "a text");

    public string? OptionalText(int index) => Optional(index) switch
    {
        null => null,
        string text => text,
        _ => throw Expected(index, "a text"),
    };

    public long Whole(int index) => AsWhole(Required(index), index);

    public long? OptionalWhole(int index) => Optional(index) is null ? null : AsWhole(values[index], index);

    public bool Flag(int index, bool fallback) => Optional(index) switch
    {
        null => fallback,
        bool flag => flag,
        _ => throw Expected(index, "true or false"),
    };

    /// <summary>Given arguments by name.</summary>
    public OrderedDictionary<string, object?> ToMap()
    {
        var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < values.Length; i++)
            if (values[i] is not Missing)
                map[signature.IsVariadic ? i.ToString(System.Globalization.CultureInfo.InvariantCulture) : signature.Parameters[i]] = values[i];
        return map;
    }

    public ExpressionException Expected(int index, string? what = null) =>
        new($"'{Name}' expects an argument '{signature.Parameters[index]}'" + (what is null ? "." : $" that is {what}, but got {JavaClass.NameOf(Optional(index))}."));

    private long AsWhole(object? value, int index) => value switch
    {
        int number => number,
        long number => number,
        double or float or decimal or BigInteger => (long)NumberKind.AsDouble(value),
        _ => throw Expected(index, "a number"),
    };
}
