using System.Globalization;

namespace FlowApps.Expressions.Dates;

/// <summary>A piece of a date format: a literal, a field letter with its width, or the bounds of an optional part.</summary>
internal readonly record struct DatePart(DatePartKind Kind, char Letter, int Width, string Literal, int Pad)
{
    public bool IsNumber => Kind == DatePartKind.Field && (Letter is 'u' or 'y' or 'Y' or 'D' or 'd' or 'w' or 'W' or 'F' or 'h' or 'H' or 'k' or 'K' or 'm' or 's' or 'S' or 'A' or 'n' or 'N'
        || (Letter is 'M' or 'L' or 'Q' or 'q' or 'e' or 'c' && Width < 3));
}

internal enum DatePartKind { Literal, Field, OptionalStart, OptionalEnd }

/// <summary>
/// A date format: Java's DateTimeFormatter pattern letters, and a few of our own (private code points) for what the ISO formats need:
/// see <see cref="DateFormats"/>.
/// </summary>
internal sealed class DatePattern(IReadOnlyList<DatePart> parts, CultureInfo? fixedCulture = null, bool inUtc = false)
{
    private const int LongestPattern = 1_000;

    public IReadOnlyList<DatePart> Parts => parts;

    /// <summary>Errors: unknown or too many letters, open quotes or brackets.</summary>
    public static DatePattern Of(string pattern, CultureInfo? fixedCulture = null, bool inUtc = false)
    {
        if (pattern.Length > LongestPattern) throw new ExpressionException($"A date format is at most {LongestPattern} characters long.");
        var parts = new List<DatePart>();
        var (depth, pad) = (0, 0);
        for (var i = 0; i < pattern.Length;)
        {
            var c = pattern[i];
            var width = 1;
            while (i + width < pattern.Length && pattern[i + width] == c) width++;
            switch (c)
            {
                case '\'': parts.Add(Quoted(pattern, ref i)); continue;
                case '[': parts.Add(new DatePart(DatePartKind.OptionalStart, c, 0, "", 0)); depth++; i++; continue;
                case ']' when depth == 0: throw new ExpressionException("Pattern invalid as it contains ] without previous [");
                case ']': parts.Add(new DatePart(DatePartKind.OptionalEnd, c, 0, "", 0)); depth--; i++; continue;
                case '{' or '}' or '#': throw new ExpressionException($"Pattern includes reserved character: '{c}'");
                case 'p': pad = width; i += width; continue;
            }
            if (char.IsAsciiLetter(c) || c is >= '\uE000' and <= '\uE0FF')
            {
                CheckWidth(c, width);
                parts.Add(new DatePart(DatePartKind.Field, c, width, "", pad));
                i += width;
            }
            else
            {
                parts.Add(new DatePart(DatePartKind.Literal, c, 0, c.ToString(), 0));
                i++;
            }
            pad = 0;
        }
        return new DatePattern(parts, fixedCulture, inUtc);
    }

    public string Format(Moment moment, CultureInfo culture) =>
        new DatePrinter(inUtc ? moment.In(Zone.Utc) : moment, fixedCulture ?? culture).Print(parts);

    public Moment Parse(string text, Zone zone, CultureInfo culture) => new DateReader(text, fixedCulture ?? culture).Read(parts, inUtc ? Zone.Utc : zone);

    private static DatePart Quoted(string pattern, ref int i)
    {
        var literal = new System.Text.StringBuilder();
        var start = i++;
        while (true)
        {
            if (i >= pattern.Length) throw new ExpressionException($"Pattern ends with an incomplete string literal: {pattern[start..]}");
            if (pattern[i] != '\'') { literal.Append(pattern[i++]); continue; }
            i++;
            if (i >= pattern.Length || pattern[i] != '\'') break;
            literal.Append('\'');
            i++;
        }
        var text = literal.Length == 0 ? "'" : literal.ToString();
        return new DatePart(DatePartKind.Literal, '\'', 0, text, 0);
    }

    private static void CheckWidth(char letter, int width)
    {
        var most = letter switch
        {
            'd' or 'H' or 'h' or 'K' or 'k' or 'm' or 's' or 'w' => 2,
            'D' => 3,
            'W' or 'F' or 'a' => 1,
            'E' or 'e' or 'c' or 'M' or 'L' or 'Q' or 'q' or 'G' or 'X' or 'x' or 'Z' => 5,
            'V' => 2,
            'O' or 'z' => 4,
            'S' => 9,
            'y' or 'u' or 'Y' or 'A' or 'n' or 'N' => 19,
            >= '\uE000' => 1,
            _ => throw new ExpressionException($"Unknown pattern letter: {letter}"),
        };
        if (width > most || (letter == 'V' && width != 2)) throw new ExpressionException($"Too many pattern letters: {letter}");
    }
}
