namespace FlowApps.Expressions;

/// <summary>The limits and surroundings of one engine. Every limit is a refusal with a message, never a crash.</summary>
public sealed record ExpressionOptions
{
    /// <summary>Longest template that is parsed, in characters.</summary>
    public int MaxTemplateLength { get; init; } = 1_048_576;

    /// <summary>Deepest nesting of brackets, tags, macro calls and render calls.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>Deepest nesting of lists and maps that is written or compared; the same on every machine, whatever its stacks hold.</summary>
    public int MaxNesting { get; init; } = 1_000;

    /// <summary>Work one rendering may do: about one unit for each loop step, element that a filter touches, and eight characters produced.</summary>
    public long Fuel { get; init; } = 5_000_000;

    /// <summary>Longest text that a rendering, or any step of it, may produce, in characters.</summary>
    public int MaxOutput { get; init; } = 10_485_760;

    /// <summary>Renders results again until they are stable (Kestra's <c>kestra.variables.recursive-rendering</c>); <c>render</c> and <c>renderOnce</c> then do not exist.</summary>
    public bool Recursive { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Zone of dates that carry none, and of printed dates when no <c>timeZone</c> is given: an IANA name or an offset.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Language of month names, day names and number signs, e.g. <c>en</c> or <c>fr_FR</c>.</summary>
    public string Locale { get; init; } = "en";

    /// <summary>Whether a day is a public holiday of a country (ISO code) and, if given, of its subdivision; null: isPublicHoliday() is refused.</summary>
    public Func<DateOnly, string, string?, bool>? PublicHolidays { get; init; }

    /// <summary>Source of uuid(), id(), randomInt() and the like.</summary>
    public Random Random { get; init; } = Random.Shared;
}
