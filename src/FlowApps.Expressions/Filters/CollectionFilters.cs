using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Operators;
using FlowApps.Expressions.Templates;
using FlowApps.Expressions.ValueTests;

namespace FlowApps.Expressions.Filters;

/// <summary>Filters on lists and maps.</summary>
internal static class CollectionFilters
{
    public static IEnumerable<Filter> All =>
    [
        new("default", "Another value if this one is undefined, null or empty.", ["default"], (input, arguments) => Checks.IsEmpty(input) ? arguments.Required(0) : input,
            "{{ missing | default('none') }}", "none") { TakesUndefined = true },
        new("first", "First item of a list, or first letter of a text.", [], First, "{{ [1, 2, 3] | first }}", "1"),
        new("last", "Last item of a list, or last letter of a text.", [], Last, "{{ [1, 2, 3] | last }}", "3"),
        new("length", "Number of items, entries or letters.", [], Length, "{{ 'hello' | length }}", "5"),
        new("join", "Items as one text.", ["separator?"], Join, "{{ ['a', 'b'] | join('-') }}", "a-b"),
        new("sort", "Items in ascending order.", [], (input, arguments) => Sort(input, arguments, 1), "{{ [3, 1, 2] | sort }}", "[1,2,3]"),
        new("rsort", "Items in descending order.", [], (input, arguments) => Sort(input, arguments, -1), "{{ [3, 1, 2] | rsort }}", "[3,2,1]"),
        new("reverse", "Items in reverse order.", [], Reverse, "{{ [1, 2, 3] | reverse }}", "[3,2,1]"),
        new("slice", "Items, or letters, from one index up to (not including) another.", ["fromIndex?", "toIndex?"], Slice, "{{ 'hello' | slice(1, 3) }}", "el"),
        new("merge", "Two lists one after the other, or two maps in one.", ["items"], Merge, "{{ {'a': 1} | merge({'b': 2}) }}", "{\"a\":1,\"b\":2}"),
        new("chunk", "A list in lists of a size.", ["size"], Chunk, "{{ [1, 2, 3] | chunk(2) }}", "[[1,2],[3]]"),
        new("flatten", "The items of the lists in a list, one level.", [], Flatten, "{{ [[1, 2], [3]] | flatten }}", "[1,2,3]"),
        new("distinct", "Items without repetitions.", [], Distinct, "{{ [1, 2, 1] | distinct }}", "[1,2]"),
        new("keys", "Keys of a map, or indexes of a list.", [], Keys, "{{ {'a': 1} | keys }}", "[\"a\"]"),
        new("values", "Values of a map.", [], Values, "{{ {'a': 1} | values }}", "[1]"),
        new("isIn", "Whether the value is one of a list.", ["list"], IsIn, "{{ 'a' | isIn(['a', 'b']) }}", "true"),
    ];

    private static object? First(object? input, Arguments arguments) => input switch
    {
        null or "" => null,
        string text => text[..1],
        IReadOnlyList<object?> list => list.Count == 0 ? null : list[0],
        _ => throw NotAList(input, arguments),
    };

    private static object? Last(object? input, Arguments arguments) => input switch
    {
        null or "" => null,
        string text => text[^1..],
        IReadOnlyList<object?> list => list.Count == 0 ? null : list[^1],
        _ => throw NotAList(input, arguments),
    };

    private static object? Length(object? input, Arguments arguments) => input switch
    {
        string text => text.Length,
        IReadOnlyDictionary<string, object?> map => map.Count,
        IReadOnlyList<object?> list => list.Count,
        _ => 0,
    };

    private static object? Join(object? input, Arguments arguments)
    {
        if (input is null) return null;
        var list = AsList(input, arguments);
        var separator = arguments.OptionalText(0);
        var output = TextOutput.Rent(arguments.Evaluation);
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0 && separator is not null) output.Append(separator);
            JavaText.Write(list[i], output, arguments.Evaluation);
        }
        return output.Finish();
    }

    private static object? Sort(object? input, Arguments arguments, int direction)
    {
        if (input is null) return null;
        var sorted = AsList(input, arguments).ToArray();
        arguments.Evaluation.Burn(sorted.Length * 8L);
        // Array.Sort is not stable; Java's is.
        try
        {
            return sorted.Order(Comparer<object?>.Create((left, right) => direction * Comparison.Natural(left, right))).ToList();
        }
        catch (InvalidOperationException failure) when (failure.InnerException is ExpressionException inner)
        {
            throw inner;
        }
    }

    private static object? Reverse(object? input, Arguments arguments)
    {
        if (input is null) return null;
        var reversed = AsList(input, arguments).ToList();
        reversed.Reverse();
        return reversed;
    }

    private static object? Slice(object? input, Arguments arguments)
    {
        if (input is null) return null;
        var length = input switch
        {
            string text => text.Length,
            IReadOnlyList<object?> list => list.Count,
            _ => throw new ExpressionException($"Slice filter can only be applied to String, List and array inputs. Actual type was: {JavaClass.NameOf(input)}"),
        };
        var from = arguments.OptionalWhole(0) ?? 0;
        var to = arguments.OptionalWhole(1) ?? length;
        if (from < 0) throw new ExpressionException("fromIndex must be greater than 0");
        if (to > length) throw new ExpressionException($"toIndex must be smaller than input size: {length}");
        if (from > to || (from == to && arguments.Optional(1) is not null)) throw new ExpressionException("toIndex must be greater than fromIndex");
        arguments.Evaluation.Burn(to - from);
        return input is string whole ? whole[(int)from..(int)to] : ((IReadOnlyList<object?>)input).Skip((int)from).Take((int)(to - from)).ToList();
    }

    private static object? Merge(object? input, Arguments arguments)
    {
        var more = arguments.Optional(0);
        if (input is null || more is null) return input ?? more ?? throw new ExpressionException("The two arguments to be merged are null");
        switch (input, more)
        {
            case (IReadOnlyDictionary<string, object?> left, IReadOnlyDictionary<string, object?> right):
                return MergeMaps(left, right, arguments);
            case (IReadOnlyDictionary<string, object?> left, IReadOnlyList<object?> right):
                var evaluation = arguments.Evaluation;
                return MergeMaps(left, right.Select(item => new KeyValuePair<string, object?>(JavaText.Of(item, evaluation), item)), arguments);
            case (IReadOnlyList<object?> left, IReadOnlyList<object?> right):
                arguments.Evaluation.Burn(left.Count + right.Count);
                return (List<object?>)[.. left, .. right];
            case (IReadOnlyList<object?> left, IReadOnlyDictionary<string, object?> right):
                arguments.Evaluation.Burn(left.Count + right.Count);
                return (List<object?>)[.. left, .. right.Select(entry => new MapEntry(entry.Key, entry.Value))];
            default:
                throw new ExpressionException($"Only lists and maps can be merged. Actual types were: {JavaClass.NameOf(input)} and {JavaClass.NameOf(more)}");
        }
    }

    private static LiteralMap MergeMaps(IReadOnlyDictionary<string, object?> left, IEnumerable<KeyValuePair<string, object?>> right, Arguments arguments)
    {
        var merged = new LiteralMap(left);
        foreach (var (key, value) in right) merged[key] = value;
        arguments.Evaluation.Burn(merged.Count);
        return merged;
    }

    private static object? Chunk(object? input, Arguments arguments)
    {
        if (input is null) return null;
        var list = AsList(input, arguments);
        var size = arguments.Whole(0);
        if (size < 1) throw new ExpressionException("The 'chunk' filter expects a size of at least 1.");
        return list.Chunk((int)Math.Min(size, int.MaxValue)).Select(object? (chunk) => chunk.ToList()).ToList();
    }

    private static object? Flatten(object? input, Arguments arguments)
    {
        if (input is null) return null;
        var flat = new List<object?>();
        foreach (var item in AsList(input, arguments))
        {
            if (item is IReadOnlyList<object?> inner)
            {
                arguments.Evaluation.Burn(inner.Count);
                flat.AddRange(inner);
            }
            else flat.Add(item);
        }
        return flat;
    }

    private static object? Distinct(object? input, Arguments arguments) =>
        input is null ? null : AsList(input, arguments).Distinct(Equality.Comparer(arguments.Evaluation)).ToList();

    private static object? Keys(object? input, Arguments arguments) => input switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> map => Charged(map.Keys.ToList<object?>(), arguments),
        IReadOnlyList<object?> list => Charged(Enumerable.Range(0, list.Count).Cast<object?>().ToList(), arguments),
        _ => throw new ExpressionException($"'keys' filter can only be applied to List, Map, Array. Actual type was: {JavaClass.NameOf(input)}"),
    };

    private static object? Values(object? input, Arguments arguments) => input switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> map => Charged(map.Values.ToList(), arguments),
        _ => throw new ExpressionException($"'values' filter can only be applied to Map. Actual type was: {JavaClass.NameOf(input)}"),
    };

    private static object? IsIn(object? input, Arguments arguments) =>
        Equality.Contains(arguments.Required(0), input, arguments.Evaluation);

    private static List<object?> Charged(List<object?> list, Arguments arguments)
    {
        arguments.Evaluation.Burn(list.Count);
        return list;
    }

    private static IReadOnlyList<object?> AsList(object input, Arguments arguments)
    {
        if (input is not IReadOnlyList<object?> list) throw NotAList(input, arguments);
        arguments.Evaluation.Burn(list.Count);
        return list;
    }

    private static ExpressionException NotAList(object input, Arguments arguments) =>
        new($"The '{arguments.Name}' filter can only be applied to lists. Actual type was: {JavaClass.NameOf(input)}");
}
