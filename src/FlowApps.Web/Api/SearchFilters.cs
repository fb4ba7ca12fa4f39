using System.Globalization;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using Microsoft.Extensions.Primitives;

namespace FlowApps.Web.Api;

/// <summary>
/// The conditions of a search, whichever way a client says them: classic query parameters (<c>namespace=a&amp;state=FAILED</c>), the newer
/// <c>filters[field][OPERATION]=value</c> (labels: <c>filters[labels][EQUALS][key]=value</c>), or a JSON list of <c>{field, operation, value}</c>.
/// </summary>
public sealed class SearchFilters
{
    private readonly List<SearchFilter> filters = [];

    private SearchFilters(IEnumerable<SearchFilter> filters) => this.filters.AddRange(filters);

    public static SearchFilters Of(HttpRequest request) => new(request.Query.SelectMany(Read));

    /// <summary>Also those in a JSON body, for bulk operations by query.</summary>
    public static async Task<SearchFilters> WithBodyAsync(HttpRequest request)
    {
        var found = Of(request);
        if (await request.ReadDataAsync() is List<object?> list) found.filters.AddRange(list.OfType<IReadOnlyDictionary<string, object?>>().SelectMany(Read));
        return found;
    }

    /// <summary>The text of a filter that allows one value and equality. Errors: Invalid for other operations.</summary>
    public string? Text(string field, params string[] operations) => Of(field, [.. operations, "EQUALS"]).LastOrDefault()?.Value;

    /// <summary>The last filter on a field with one of these operations; others on the field are refused.</summary>
    public SearchFilter? One(string field, params string[] operations) => Of(field, operations).LastOrDefault();

    /// <summary>All values of a field, lists split at commas.</summary>
    public IReadOnlyList<string> Values(string field) => Of(field, "EQUALS", "IN")
        .SelectMany(filter => filter.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal).ToList();

    public IReadOnlyList<string> Excluded(string field) => filters
        .Where(filter => filter.Field == field && filter.Operation is "NOT_EQUALS" or "NOT_IN" && filter.Field == field)
        .SelectMany(filter => filter.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();

    public IReadOnlyList<Label> Labels => Of("labels", "EQUALS", "CONTAINS")
        .SelectMany(filter => filter.Key is { } key ? [new Label(key, filter.Value)] : QueryText.Labels("labels", [filter.Value])).ToList();

    /// <summary>From and to, from bounds or from <c>timeRange</c> (a duration that ends now); both at once are refused.</summary>
    public (DateTimeOffset? From, DateTimeOffset? To) Period(DateTimeOffset now)
    {
        var from = One("startDate", "EQUALS", "GREATER_THAN_OR_EQUAL_TO", "GREATER_THAN")?.Value;
        var to = One("endDate", "EQUALS", "LESS_THAN_OR_EQUAL_TO", "LESS_THAN")?.Value;
        var range = QueryText.Period("timeRange", Text("timeRange"));
        if (range is not null && from is not null) throw RefusedException.Invalid("invalid_parameter", "Parameters 'startDate' and 'timeRange' are mutually exclusive.");
        return (range is null ? QueryText.Date("startDate", from) : now - range, QueryText.Date("endDate", to));
    }

    private IEnumerable<SearchFilter> Of(string field, params string[] operations)
    {
        foreach (var filter in filters.Where(f => f.Field == field && f.Operation is not ("NOT_EQUALS" or "NOT_IN")))
        {
            yield return operations.Contains(filter.Operation)
                ? filter
                : throw new RefusedException(RefusalKind.Invalid, [new Problem("unsupported_filter", $"Operation {filter.Operation} is not supported for field {field}.", $"filters[{field}]", Suggestion: $"Use {string.Join(", ", operations)}.")]);
        }
    }

    private static IEnumerable<SearchFilter> Read(KeyValuePair<string, StringValues> parameter)
    {
        if (!parameter.Key.StartsWith("filters[", StringComparison.Ordinal))
            return parameter.Value.Where(v => !string.IsNullOrEmpty(v)).Select(v => new SearchFilter(parameter.Key, "EQUALS", null, v!));
        var parts = parameter.Key.TrimEnd(']').Split(["[", "]["], StringSplitOptions.None);
        if (parts.Length < 3) throw RefusedException.Invalid("invalid_filter", $"'{parameter.Key}' is not of the form filters[field][OPERATION].");
        return parameter.Value.Select(v => new SearchFilter(Name(parts[1]), parts[2].ToUpperInvariant(), parts.Length > 3 ? parts[3] : null, v ?? ""));
    }

    private static IEnumerable<SearchFilter> Read(IReadOnlyDictionary<string, object?> filter)
    {
        var field = Name(filter.GetValueOrDefault("field") as string ?? "");
        var operation = (filter.GetValueOrDefault("operation") as string ?? "EQUALS").ToUpperInvariant();
        return filter.GetValueOrDefault("value") switch
        {
            IReadOnlyDictionary<string, object?> map => map.Select(e => new SearchFilter(field, operation, e.Key, Plain(e.Value))),
            IReadOnlyList<object?> list => [new SearchFilter(field, operation, null, string.Join(',', list.Select(Plain)))],
            var value => [new SearchFilter(field, operation, null, Plain(value))],
        };
    }

    private static string Plain(object? value) => value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Fields are written <c>flowId</c>, <c>flow_id</c> or <c>FLOW_ID</c>.</summary>
    private static string Name(string field)
    {
        if (field is "query" or "QUERY" or "q") return "q";
        if (!field.Contains('_', StringComparison.Ordinal) && !field.All(char.IsUpper)) return field;
        var words = field.ToLowerInvariant().Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}

/// <summary>One condition. <c>Key</c>: the label's key.</summary>
public sealed record SearchFilter(string Field, string Operation, string? Key, string Value);
