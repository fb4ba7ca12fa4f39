using System.Numerics;
using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Operators;

/// <summary>
/// + - * / % with Java's numbers: whole numbers are 64-bit and wrap, the wider type of both sides wins.
/// + also joins texts and appends to lists, - also removes from lists.
/// </summary>
internal static class Arithmetic
{
    public static object? Add(object? left, object? right, Evaluation evaluation)
    {
        if (left is string || right is string)
        {
            var (first, second) = (JavaText.Of(left, evaluation), JavaText.Of(right, evaluation));
            evaluation.BurnText((long)first.Length + second.Length);
            return first + second;
        }
        if (left is IReadOnlyList<object?> list) return Append(list, right, evaluation);
        return Compute(left, right, '+');
    }

    public static object? Subtract(object? left, object? right, Evaluation evaluation) =>
        left is IReadOnlyList<object?> list ? Remove(list, right, evaluation) : Compute(left, right, '-');

    public static object? Multiply(object? left, object? right, Evaluation evaluation) => Compute(left, right, '*');

    public static object? Divide(object? left, object? right, Evaluation evaluation) => Compute(left, right, '/');

    public static object? Modulo(object? left, object? right, Evaluation evaluation) => Compute(left, right, '%');

    private static List<object?> Append(IReadOnlyList<object?> list, object? more, Evaluation evaluation)
    {
        var items = more as IReadOnlyList<object?>;
        evaluation.Burn(list.Count + (items?.Count ?? 1));
        return items is null ? [.. list, more] : [.. list, .. items];
    }

    private static List<object?> Remove(IReadOnlyList<object?> list, object? what, Evaluation evaluation)
    {
        evaluation.Burn(list.Count);
        if (what is IReadOnlyList<object?> items) return [.. list.Where(item => !Equality.Contains(items, item, evaluation))];
        var rest = list.ToList();
        var at = rest.FindIndex(item => Equality.Same(item, what, evaluation));
        if (at >= 0) rest.RemoveAt(at);
        return rest;
    }

    private static object Compute(object? left, object? right, char sign)
    {
        if (!NumberKind.IsNumber(left) || !NumberKind.IsNumber(right)) throw new InvalidCastException();
        var rank = (NumberRank)Math.Max((int)NumberKind.RankOf(left!), (int)NumberKind.RankOf(right!));
        return rank switch
        {
            NumberRank.Int or NumberRank.Long => Compute(NumberKind.AsLong(left!), NumberKind.AsLong(right!), sign),
            NumberRank.Big => Compute(NumberKind.AsBig(left!), NumberKind.AsBig(right!), sign),
            NumberRank.Float => Compute((float)NumberKind.AsDouble(left!), (float)NumberKind.AsDouble(right!), sign),
            NumberRank.Double => Compute(NumberKind.AsDouble(left!), NumberKind.AsDouble(right!), sign),
            _ => Compute(NumberKind.AsDecimal(left!), NumberKind.AsDecimal(right!), sign),
        };
    }

    private static object Compute(long left, long right, char sign) => unchecked(sign switch
    {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        '/' when right == -1 => -left,
        '/' => left / right,
        _ when right == -1 => 0L,
        _ => left % right,
    });

    private static object Compute<T>(T left, T right, char sign) where T : INumber<T> => sign switch
    {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        '/' => left / right,
        _ => left % right,
    };
}
