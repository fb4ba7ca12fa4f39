using System.Collections.Frozen;
using FlowApps.Expressions.Filters;
using FlowApps.Expressions.Functions;
using FlowApps.Expressions.Tags;
using FlowApps.Expressions.ValueTests;

namespace FlowApps.Expressions.Catalogue;

/// <summary>Everything the language has, by name. A family registers itself with its <c>All</c> list.</summary>
internal static class Registry
{
    public static FrozenDictionary<string, Filter> Filters { get; } = ByName<Filter>(
        [.. TextFilters.All, .. CollectionFilters.All, .. DataFilters.All, .. NumberFilters.All, .. EncodingFilters.All, .. RegexFilters.All, .. DateFilters.All]);

    public static FrozenDictionary<string, Function> Functions { get; } = ByName<Function>(
        [.. NumberFunctions.All, .. DataFunctions.All, .. RenderFunctions.All, .. DateFunctions.All, .. CryptoFunctions.All, .. IdFunctions.All, .. ExecutionFunctions.All, .. OutsideFunctions.All]);

    public static FrozenDictionary<string, Test> Tests { get; } = ByName<Test>(Checks.All);

    public static FrozenDictionary<string, Tag> Tags { get; } = ByName<Tag>([.. FlowTags.All, .. DefinitionTags.All]);

    /// <summary>" Did you mean …?" for a name that is one or two letters off, else nothing.</summary>
    public static string Suggest(string name, IEnumerable<string> known)
    {
        var best = known.Select(candidate => (candidate, Distance: Distance(name, candidate))).MinBy(candidate => candidate.Distance);
        return best.Distance <= Math.Min(2, name.Length / 3) ? $" Did you mean '{best.candidate}'?" : "";
    }

    private static FrozenDictionary<string, T> ByName<T>(IEnumerable<T> definitions) where T : Definition =>
        definitions.ToFrozenDictionary(definition => definition.Name, StringComparer.Ordinal);

    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 2) return int.MaxValue;
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1));
                (diagonal, row[j]) = (row[j], cost);
            }
        }
        return row[^1];
    }
}
