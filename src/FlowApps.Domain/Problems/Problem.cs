namespace FlowApps.Domain.Problems;

/// <summary>
/// One thing that is wrong, for the person who has to mend it.
/// <c>Code</c> is stable snake_case; <c>Path</c> is JSON-like (<c>tasks[0].message</c>); <c>Line</c> and <c>Column</c> count from 1;
/// <c>Suggestion</c> says what to do or offers the nearest right word.
/// </summary>
public sealed record Problem(string Code, string Message, string? Path = null, int? Line = null, int? Column = null, string? Suggestion = null)
{
    public override string ToString() => Path is null ? Message : $"{Path}: {Message}";
}
