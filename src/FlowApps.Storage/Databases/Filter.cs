using System.Globalization;

namespace FlowApps.Storage.Databases;

/// <summary>Conditions of a list, with their values numbered as they come.</summary>
internal sealed class Filter
{
    private readonly List<string> conditions = [];
    private readonly List<object?> values = [];
    private string joins = "";

    public Filter And(string condition)
    {
        conditions.Add(condition);
        return this;
    }

    /// <summary>Adds a condition in which ? stands for the value, as often as it likes.</summary>
    public Filter And(string condition, object value) => And(condition.Replace("?", Place(value), StringComparison.Ordinal));

    /// <summary>Adds a condition in which ?1, ?2 and ?3 stand for the values.</summary>
    public Filter And(string condition, object first, object second, object? third = null)
    {
        condition = condition.Replace("?1", Place(first), StringComparison.Ordinal).Replace("?2", Place(second), StringComparison.Ordinal);
        return And(third is null ? condition : condition.Replace("?3", Place(third), StringComparison.Ordinal));
    }

    /// <summary>A namespace, with those below it when <paramref name="below"/>. Byte order makes "below" a range of the index: '/' follows '.'.</summary>
    public Filter InNamespace(string ns, bool below, string column = "namespace") => below
        ? And($"({column} = ? or ({column} >= ? || '.' and {column} < ? || '/'))", ns)
        : And($"{column} = ?", ns);

    public bool HasJoins => joins.Length > 0;

    /// <summary>Joins another table on a condition in which ? stands for the value.</summary>
    public Filter Join(string table, string condition, object value)
    {
        joins += $" join {table} on {condition.Replace("?", Place(value), StringComparison.Ordinal)}";
        return this;
    }

    /// <summary>Any of the columns contains the text, whatever its case.</summary>
    public Filter Containing(string text, params IEnumerable<string> columns) =>
        And($"({string.Join(" or ", columns.Select(column => $"{column} ilike ?"))})", $"%{Escaped(text)}%");

    /// <summary>The SQL with joins and conditions in place of {0}, which follows the table's name.</summary>
    public Statement Statement(string sql) =>
        new(sql.Replace("{0}", $"{joins} where {(conditions.Count == 0 ? "true" : string.Join(" and ", conditions))}", StringComparison.Ordinal), [.. values]);

    /// <summary>Text in which like finds nothing special.</summary>
    public static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    /// <summary>An order from "field:asc" or "field:desc" over the allowed fields; the fallback when it is anything else.</summary>
    public static string Order(string? sort, IReadOnlyDictionary<string, string> columns, string fallback)
    {
        var parts = (sort ?? "").Split(':');
        return columns.TryGetValue(parts[0], out var column)
            ? string.Create(CultureInfo.InvariantCulture, $"{column} {(parts.Length > 1 && parts[1].Equals("desc", StringComparison.OrdinalIgnoreCase) ? "desc" : "asc")}")
            : fallback;
    }

    /// <summary>A part of a condition in which ? stands for the value, for conditions that are put together first.</summary>
    public string Place(string part, object value) => part.Replace("?", Place(value), StringComparison.Ordinal);

    /// <summary>Where the value stands, as $n.</summary>
    public string Place(object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
    }
}
