using System.Text;
using FlowApps.Domain.Inputs;
using FlowApps.Web.Inputs;

namespace FlowApps.Web.Apps.Many;

/// <summary>A table as it is pasted from a spreadsheet (tabs) or a CSV file (commas or semicolons, RFC 4180 quotes), its first line naming the fields by id or by title.</summary>
public static class PastedRows
{
    public const int Most = 500;

    /// <summary>The entries of each row, and the columns that no field is called like.</summary>
    public static (IReadOnlyList<OrderedDictionary<string, object?>> Rows, IReadOnlyList<string> Unknown) Read(string text, IEnumerable<InputDefinition> inputs)
    {
        var lines = Cells(text);
        if (lines.Count == 0) return ([], []);
        var fields = InputEntries.Flatten(inputs).ToList();
        var columns = lines[0].Select(name => fields.FirstOrDefault(field => field.Id.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase) || field.Title.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))).ToList();
        var rows = lines.Skip(1).Where(line => line.Any(cell => cell.Trim().Length > 0)).Select(line => Row(line, columns)).ToList();
        return (rows, [.. lines[0].Where((name, i) => columns[i] is null && name.Trim().Length > 0)]);
    }

    private static OrderedDictionary<string, object?> Row(List<string> cells, List<InputDefinition?> columns)
    {
        var entries = Domain.Values.Data.Map();
        for (var i = 0; i < Math.Min(cells.Count, columns.Count); i++)
            if (columns[i] is { } field && cells[i].Trim().Length > 0)
                entries[field.Id] = field.Type is InputType.Multiselect or InputType.Array ? cells[i].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Cast<object?>().ToList() : Plain(field, cells[i].Trim());
        return entries;
    }

    private static string Plain(InputDefinition field, string cell) => field.Type is InputType.Bool or InputType.Boolean
        ? cell.ToUpperInvariant() is "YES" or "TRUE" or "1" or "X" ? "true" : cell.ToUpperInvariant() is "NO" or "FALSE" or "0" ? "false" : cell
        : cell;

    private static List<List<string>> Cells(string text)
    {
        text = text.ReplaceLineEndings("\n").Trim('\n');
        var first = text.Split('\n')[0];
        var separator = first.Contains('\t', StringComparison.Ordinal) ? '\t' : first.Count(c => c == ';') > first.Count(c => c == ',') ? ';' : ',';
        var lines = new List<List<string>>();
        var line = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (c == '"' && (quoted || cell.Length == 0)) quoted = !quoted;
            else if (!quoted && (c == separator || c == '\n') || i == text.Length)
            {
                line.Add(cell.ToString());
                cell.Clear();
                if (c == separator && i < text.Length) continue;
                lines.Add(line);
                line = [];
            }
            else cell.Append(c);
        }
        return text.Length == 0 ? [] : lines;
    }
}
