using System.Globalization;
using System.Text.RegularExpressions;
using FlowApps.Expressions.Scopes;
using FlowApps.Expressions.Templates;

namespace FlowApps.Expressions.Rendering;

/// <summary>Rendering again and again until nothing changes. What stands in <c>{% raw %}</c> is set aside and put back at the end.</summary>
internal static partial class Repeated
{
    private const int MostAttempts = 100;

    /// <summary>Renders once, inside a rendering that is already under way.</summary>
    public static string Once(string text, Evaluation evaluation) => text.Contains('{') ? (string)Within(text, evaluation, static (template, evaluation) => template.Render(evaluation))! : text;

    public static string Render(string text, Evaluation evaluation)
    {
        var raws = new List<string>();
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            text = SetAside(text, raws);
            var rendered = Once(text, evaluation);
            if (rendered == text) return PutBack(rendered, raws);
            text = rendered;
        }
        throw new ExpressionException("Too many rendering attempts");
    }

    public static object? RenderTyped(string text, Evaluation evaluation)
    {
        var raws = new List<string>();
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            text = SetAside(text, raws);
            var value = text.Contains('{') ? Within(text, evaluation, static (template, evaluation) => template.RenderTyped(evaluation)) : text;
            if (value is not string rendered) return value;
            if (rendered == text) return PutBack(rendered, raws);
            text = rendered;
        }
        throw new ExpressionException("Too many rendering attempts");
    }

    private static object? Within(string text, Evaluation evaluation, Func<Template, Evaluation, object?> render)
    {
        var template = evaluation.Engine.Compile(text);
        evaluation.Enter();
        var before = evaluation.SwitchTo(template);
        try
        {
            evaluation.Burn(1);
            return render(template, evaluation);
        }
        finally
        {
            evaluation.SwitchTo(before);
            evaluation.Leave();
        }
    }

    private static string SetAside(string text, List<string> raws) => text.Contains("{%", StringComparison.Ordinal)
        ? Raw().Replace(text, match =>
        {
            raws.Add(match.Groups[1].Value);
            return string.Create(CultureInfo.InvariantCulture, $"\uE000raw{raws.Count - 1}\uE000");
        })
        : text;

    private static string PutBack(string text, List<string> raws)
    {
        for (var i = raws.Count - 1; i >= 0; i--)
            text = text.Replace(string.Create(CultureInfo.InvariantCulture, $"\uE000raw{i}\uE000"), raws[i], StringComparison.Ordinal);
        return text;
    }

    [GeneratedRegex(@"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", RegexOptions.Singleline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Raw();
}
