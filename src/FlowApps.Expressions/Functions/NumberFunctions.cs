using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Operators;

namespace FlowApps.Expressions.Functions;

/// <summary>max, min, range and random numbers.</summary>
internal static class NumberFunctions
{
    public static IEnumerable<Function> All =>
    [
        new("max", "The largest of some numbers.", ["…"], arguments => Best(arguments, 1), "{{ max(1, 5, 3) }}", "5"),
        new("min", "The smallest of some numbers.", ["…"], arguments => Best(arguments, -1), "{{ min(4, 2, 3) }}", "2"),
        new("range", "Numbers, or letters, from one up to and including another.", ["start", "end", "increment?"],
            arguments => Ranges.Of(arguments.Required(0), arguments.Required(1), arguments.OptionalWhole(2) ?? 1, arguments.Evaluation), "{{ range(1, 10, 3) }}", "[1,4,7,10]"),
        new("randomInt", "A random number from lower up to (not including) upper; both are int variables.", ["lower", "upper"], RandomInt, "{{ randomInt(['a'] | length, ['a', 'b'] | length) }}", "1"),
        new("randomPort", "A random port number from 1024 to 65535.", [], arguments => arguments.Evaluation.Options.Random.Next(1024, 65536), "{{ randomPort() > 1023 }}", "true"),
    ];

    private static object? Best(Arguments arguments, int direction)
    {
        object? best = null;
        foreach (var candidate in arguments.All)
        {
            if (candidate is not null && !NumberKind.IsNumber(candidate))
                throw new ExpressionException($"'{arguments.Name}' compares numbers, but got {JavaClass.NameOf(candidate)}.");
            if (best is null || (candidate is not null && Math.Sign(Comparison.Compare(candidate, best)) == direction)) best = candidate;
        }
        return best;
    }

    private static object? RandomInt(Arguments arguments)
    {
        var (lower, upper) = (IntAt(arguments, 0), IntAt(arguments, 1));
        if (upper < lower) throw new ExpressionException("In 'randomInt()' upper is less than lower");
        return upper == lower ? lower : arguments.Evaluation.Options.Random.Next(lower, upper);
    }

    private static int IntAt(Arguments arguments, int index) =>
        arguments.Required(index) is int number ? number : throw arguments.Expected(index, "an int variable (literals are 64-bit)");
}
