using System.Text.RegularExpressions;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Flows.Editing;

/// <summary>The nearest right word of a problem that says "Did you mean `x`?": put in place of the word at the problem's line and column.</summary>
public static partial class Fix
{
    public static string? WordOf(Problem problem) =>
        problem is { Suggestion: { } suggestion, Line: not null, Column: not null } && DidYouMean().Match(suggestion) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("Did you mean [`'\"]?([A-Za-z0-9_.-]+?)[`'\"]?\\?")]
    private static partial Regex DidYouMean();
}
