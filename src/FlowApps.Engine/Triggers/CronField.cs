using System.Globalization;
using System.Numerics;

namespace FlowApps.Engine.Triggers;

/// <summary>One field of a cron expression as a set of numbers below 64.</summary>
internal readonly record struct CronField(ulong Bits, bool IsEvery)
{
    public bool Has(int value) => (Bits >> value & 1) == 1;

    /// <summary>The smallest member that is at least <paramref name="value"/>; -1: none.</summary>
    public int AtLeast(int value)
    {
        if (value > 63) return -1;
        var rest = Bits & (ulong.MaxValue << value);
        return rest == 0 ? -1 : BitOperations.TrailingZeroCount(rest);
    }

    /// <summary>The largest member that is at most <paramref name="value"/>; -1: none.</summary>
    public int AtMost(int value)
    {
        if (value < 0) return -1;
        var rest = value >= 63 ? Bits : Bits & ((1UL << (value + 1)) - 1);
        return rest == 0 ? -1 : 63 - BitOperations.LeadingZeroCount(rest);
    }

    /// <summary>Errors: <see cref="FormatException"/> that names the field.</summary>
    public static CronField Parse(string text, int min, int max, string field, IReadOnlyList<string>? names = null)
    {
        ulong bits = 0;
        foreach (var part in text.Split(','))
        {
            var (range, step) = Step(part, field);
            var (from, to) = Range(range, min, max, field, names);
            if (from > to || from < min || to > max) throw Wrong(text, field);
            if (step > 1 && !range.Contains('-', StringComparison.Ordinal) && range is not ("*" or "?")) to = max;
            for (var value = from; value <= to; value += step) bits |= 1UL << value;
        }
        return new CronField(bits, text[0] is '*' or '?');
    }

    private static (string Range, int Step) Step(string part, string field)
    {
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return (part, 1);
        return int.TryParse(part[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step > 0 ? (part[..slash], step) : throw Wrong(part, field);
    }

    private static (int From, int To) Range(string text, int min, int max, string field, IReadOnlyList<string>? names)
    {
        if (text is "*" or "?") return (min, max);
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash > 0) return (Number(text[..dash], min, field, names), Number(text[(dash + 1)..], min, field, names));
        var single = Number(text, min, field, names);
        return (single, single);
    }

    private static int Number(string text, int min, string field, IReadOnlyList<string>? names)
    {
        for (var i = 0; i < names?.Count; i++)
            if (string.Equals(names[i], text, StringComparison.OrdinalIgnoreCase)) return i + min;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(text, field);
    }

    private static FormatException Wrong(string text, string field) => new($"invalid cron expression: '{text}' is not a {field}");
}
