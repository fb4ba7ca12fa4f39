using System.Text;
using FlowApps.Expressions.Json;

namespace FlowApps.Expressions.Jq;

/// <summary>jq's <c>@name</c> formats.</summary>
internal static class JqFormats
{
    public static string Apply(string format, object? value, JqScope scope)
    {
        var text = format switch
        {
            "text" => Text(value, scope),
            "json" => JsonText.Of(value, scope.Evaluation, keepNulls: true),
            "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(value, scope))),
            "base64d" => FromBase64(Text(value, scope)),
            "uri" => Uri.EscapeDataString(Text(value, scope)),
            "html" => Html(Text(value, scope)),
            "sh" => string.Join(' ', Items(value).Select(item => Shell(item, scope))),
            "csv" => string.Join(',', Row(value).Select(item => item is string cell ? "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : Cell(item, scope))),
            "tsv" => string.Join('\t', Row(value).Select(item => Cell(item, scope).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal))),
            _ => throw JqValues.Error($"{format} is not a valid format"),
        };
        scope.Evaluation.BurnText(text.Length);
        return text;
    }

    private static string Text(object? value, JqScope scope) => value as string ?? JsonText.Of(value, scope.Evaluation, keepNulls: true);

    private static string Cell(object? item, JqScope scope) => item switch
    {
        null => "",
        IReadOnlyList<object?> or IReadOnlyDictionary<string, object?> => throw JqValues.Error($"{JqValues.Show(item, scope)} cannot stand in a row"),
        _ => Text(item, scope),
    };

    private static IEnumerable<object?> Row(object? value) => value as IReadOnlyList<object?> ?? throw JqValues.Error($"{JqValues.TypeOf(value)} cannot be a row, only an array can");

    private static IEnumerable<object?> Items(object? value) => value as IReadOnlyList<object?> ?? [value];

    private static string Shell(object? item, JqScope scope) => item switch
    {
        string text => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'",
        IReadOnlyList<object?> or IReadOnlyDictionary<string, object?> => throw JqValues.Error($"{JqValues.Show(item, scope)} can not be escaped for shell"),
        _ => Text(item, scope),
    };

    private static string Html(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    private static string FromBase64(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text.TrimEnd('=').PadRight((text.TrimEnd('=').Length + 3) / 4 * 4, '=')));
        }
        catch (FormatException)
        {
            throw JqValues.Error("the text is not valid base64 data");
        }
    }
}
