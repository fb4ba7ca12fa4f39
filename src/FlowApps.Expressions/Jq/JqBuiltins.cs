using System.Collections.Frozen;

namespace FlowApps.Expressions.Jq;

internal delegate IEnumerable<object?> JqRun(object? input, JqNode[] arguments, JqScope scope);

internal delegate IEnumerable<JqPlace> JqPlaces(JqPlace input, JqNode[] arguments, JqScope scope);

/// <summary>What jq has built in and is not in <see cref="JqPrelude"/>, by name and number of arguments.</summary>
internal static class JqBuiltins
{
    private static readonly FrozenDictionary<string, JqRun> Known =
        new Dictionary<string, JqRun>([.. JqCore.All, .. JqLists.All, .. JqStrings.All, .. JqNumbers.All, .. JqLoops.All]).ToFrozenDictionary();

    private static readonly FrozenDictionary<string, JqPlaces> Pointing = new Dictionary<string, JqPlaces>
    {
        ["empty/0"] = (_, _, _) => [],
        ["error/1"] = (input, arguments, scope) => arguments[0].Run(input.Value, scope).Select(value => JqCore.Raise<JqPlace>(value, scope)),
        ["getpath/1"] = GetPath,
        ["recurse/1"] = JqLoops.RecursePlaces,
        ["limit/2"] = (input, arguments, scope) => JqCore.Limit(arguments[0].Run(input.Value, scope), () => arguments[1].Places(input, scope)),
    }.ToFrozenDictionary();

    public static JqRun? Find(string key) => Known.GetValueOrDefault(key);

    public static JqPlaces? FindPlaces(string key) => Pointing.GetValueOrDefault(key);

    /// <summary>A built-in without arguments.</summary>
    public static KeyValuePair<string, JqRun> Plain(string name, Func<object?, JqScope, object?> compute) =>
        new(name + "/0", (input, _, scope) => [compute(input, scope)]);

    /// <summary>A built-in that is computed for every value of its argument.</summary>
    public static KeyValuePair<string, JqRun> With(string name, Func<object?, object?, JqScope, object?> compute) =>
        new(name + "/1", (input, arguments, scope) => arguments[0].Run(input, scope).Select(argument => compute(input, argument, scope)));

    /// <summary>A built-in that is computed for every combination of its two arguments.</summary>
    public static KeyValuePair<string, JqRun> With(string name, Func<object?, object?, object?, JqScope, object?> compute) =>
        new(name + "/2", (input, arguments, scope) =>
            from second in arguments[1].Run(input, scope)
            from first in arguments[0].Run(input, scope)
            select compute(input, first, second, scope));

    private static IEnumerable<JqPlace> GetPath(JqPlace input, JqNode[] arguments, JqScope scope)
    {
        foreach (var path in arguments[0].Run(input.Value, scope))
        {
            var place = input;
            foreach (var key in path as IReadOnlyList<object?> ?? throw JqValues.Error("Path must be specified as an array"))
                place = place.At(key, place.Value is null ? null : JqAccess.Get(place.Value, key, scope.Evaluation));
            yield return place;
        }
    }
}
