using FlowApps.Domain.Flows;

namespace FlowApps.Web.Flows;

/// <summary>Labels as people type them: <c>team=shop, year=2026</c>; a colon does as well.</summary>
public static class LabelText
{
    public static Label Parse(string text)
    {
        var at = text.IndexOfAny(['=', ':']);
        return at < 0 ? new Label(text.Trim(), "") : new Label(text[..at].Trim(), text[(at + 1)..].Trim());
    }

    public static IReadOnlyList<Label> List(string? text) => (text ?? "")
        .Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(Parse).Where(label => label.Key.Length > 0).ToList();

    public static string Write(IEnumerable<Label> labels) => string.Join(", ", labels.Select(label => $"{label.Key}={label.Value}"));

    /// <summary>Labels that the product sets for itself are of no use to a reader.</summary>
    public static IEnumerable<Label> Shown(IEnumerable<Label> labels) => labels.Where(label => !label.Key.StartsWith("system.", StringComparison.Ordinal));
}
