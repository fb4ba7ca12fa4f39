using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Numbers;

namespace FlowApps.Expressions.Filters;

/// <summary>Filters with a regular expression.</summary>
internal static class RegexFilters
{
    public static IEnumerable<Filter> All =>
    [
        new("regexMatch", "Whether a regular expression is found in the text.", ["regex"],
            (input, arguments) => input is null ? null : Pattern.Of(arguments.Text(0)).IsIn(JavaText.Of(input, arguments.Evaluation), arguments.Evaluation),
            "{{ 'order-12' | regexMatch('[0-9]+') }}", "true"),
        new("regexExtract", "The first match of a regular expression, or one of its groups; null if there is none.", ["regex", "group?"], Extract,
            "{{ 'order-12-done' | regexExtract('[0-9]+') }}", "12"),
        new("regexReplace", "Every match of a regular expression replaced; $1 is the first group.", ["regex", "replacement"],
            (input, arguments) => input is null ? null : Replacing.ByPattern(JavaText.Of(input, arguments.Evaluation), arguments.Text(0), arguments.Text(1), arguments.Evaluation),
            "{{ 'a1b2' | regexReplace('[0-9]', '#') }}", "a#b#"),
    ];

    private static object? Extract(object? input, Arguments arguments)
    {
        if (input is null) return null;
        var group = arguments.OptionalWhole(1) ?? 0;
        var match = Pattern.Of(arguments.Text(0)).First(JavaText.Of(input, arguments.Evaluation), arguments.Evaluation);
        if (!match.Success) return null;
        if (group < 0 || group >= match.Groups.Count) throw new ExpressionException($"No group {group}");
        return match.Groups[(int)group] is { Success: true } found ? found.Value : null;
    }
}
