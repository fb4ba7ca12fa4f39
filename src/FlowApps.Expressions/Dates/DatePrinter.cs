using System.Globalization;
using System.Text;

namespace FlowApps.Expressions.Dates;

/// <summary>Prints a moment by the parts of a pattern.</summary>
internal sealed class DatePrinter(Moment moment, CultureInfo culture)
{
    private readonly DateTime _date = moment.At.DateTime;
    private readonly StringBuilder _text = new();

    public string Print(IReadOnlyList<DatePart> parts)
    {
        foreach (var part in parts)
        {
            if (part.Kind == DatePartKind.Literal) _text.Append(part.Literal);
            if (part.Kind == DatePartKind.Field) _text.Append(Field(part.Letter, part.Width).PadLeft(part.Pad));
        }
        return _text.ToString();
    }

    private string Field(char letter, int width) => letter switch
    {
        'G' => width switch { 4 => "Anno Domini", 5 => "A", _ => "AD" },
        'u' or 'y' => Year(_date.Year, width),
        'Y' => Year(Weeks.Localized(_date, culture).Year, width),
        'M' or 'L' => Month(width),
        'd' => Number(_date.Day, width),
        'D' => Number(_date.DayOfYear, width),
        'Q' or 'q' => Quarter(width),
        'w' => Number(Weeks.Localized(_date, culture).Week, width),
        'W' => Number(Weeks.OfMonth(_date, culture), width),
        'E' => Weekday(width),
        'e' or 'c' => width > 2 ? Weekday(width) : Number(((int)_date.DayOfWeek - (int)culture.DateTimeFormat.FirstDayOfWeek + 7) % 7 + 1, width),
        'F' => Number(((_date.Day - 1) / 7) + 1, width),
        'a' => _date.Hour < 12 ? Named(culture.DateTimeFormat.AMDesignator, "AM") : Named(culture.DateTimeFormat.PMDesignator, "PM"),
        'h' => Number((_date.Hour + 11) % 12 + 1, width),
        'H' => Number(_date.Hour, width),
        'k' => Number(_date.Hour == 0 ? 24 : _date.Hour, width),
        'K' => Number(_date.Hour % 12, width),
        'm' => Number(_date.Minute, width),
        's' => Number(_date.Second, width),
        'S' => (_date.Ticks % TimeSpan.TicksPerSecond * 100).ToString("000000000", CultureInfo.InvariantCulture)[..width],
        'A' => Number((long)_date.TimeOfDay.TotalMilliseconds, width),
        'n' => Number(_date.Ticks % TimeSpan.TicksPerSecond * 100, width),
        'N' => Number(_date.TimeOfDay.Ticks * 100, width),
        'V' => moment.Zone.Id,
        'z' => ZoneName(width),
        'O' => "GMT" + (width == 4 ? OffsetText.Colons(moment.At.Offset, "") : ShortOffset()),
        'X' => Offset(width, "Z"),
        'x' => Offset(width, null),
        'Z' => width switch
        {
            4 => "GMT" + OffsetText.Colons(moment.At.Offset, ""),
            5 => OffsetText.Colons(moment.At.Offset, "Z", seconds: true),
            _ => OffsetText.Plain(moment.At.Offset, null),
        },
        DateFormats.Fraction => IsoText.Trimmed(_date.Ticks),
        DateFormats.FractionGroups => IsoText.Groups(_date.Ticks),
        DateFormats.Region => moment.Zone.IsRegion ? $"[{moment.Zone.Id}]" : "",
        DateFormats.IsoWeekYear => ISOWeek.GetYear(_date).ToString("0000", CultureInfo.InvariantCulture),
        DateFormats.IsoWeek => ISOWeek.GetWeekOfYear(_date).ToString("00", CultureInfo.InvariantCulture),
        DateFormats.IsoDay => Number(_date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)_date.DayOfWeek, 1),
        DateFormats.RfcOffset => OffsetText.Plain(moment.At.Offset, "GMT"),
        _ => throw new ExpressionException($"Unknown pattern letter: {letter}"),
    };

    private static string Number(long value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

    private static string Named(string name, string fallback) => name.Length == 0 ? fallback : name;

    private static string Year(int year, int width) => width == 2 ? Number(year % 100, 2) : Number(year, width);

    private string Month(int width) => width switch
    {
        < 3 => Number(_date.Month, width),
        3 => culture.DateTimeFormat.GetAbbreviatedMonthName(_date.Month),
        4 => culture.DateTimeFormat.MonthGenitiveNames[_date.Month - 1],
        _ => culture.DateTimeFormat.GetMonthName(_date.Month)[..1].ToUpper(culture),
    };

    private string Weekday(int width) => width switch
    {
        < 4 => culture.DateTimeFormat.GetAbbreviatedDayName(_date.DayOfWeek),
        4 => culture.DateTimeFormat.GetDayName(_date.DayOfWeek),
        _ => culture.DateTimeFormat.GetDayName(_date.DayOfWeek)[..1].ToUpper(culture),
    };

    private string Quarter(int width)
    {
        var quarter = ((_date.Month - 1) / 3) + 1;
        return width switch
        {
            < 3 => Number(quarter, width),
            3 => $"Q{quarter}",
            4 => quarter switch { 1 => "1st quarter", 2 => "2nd quarter", 3 => "3rd quarter", _ => "4th quarter" },
            _ => Number(quarter, 1),
        };
    }

    private string Offset(int width, string? zero) => width switch
    {
        1 => OffsetText.Hours(moment.At.Offset, zero),
        2 => OffsetText.Plain(moment.At.Offset, zero),
        3 => OffsetText.Colons(moment.At.Offset, zero),
        4 => OffsetText.Plain(moment.At.Offset, zero, seconds: true),
        _ => OffsetText.Colons(moment.At.Offset, zero, seconds: true),
    };

    private string ShortOffset()
    {
        var offset = moment.At.Offset;
        if (offset == TimeSpan.Zero) return "";
        var hours = $"{(offset < TimeSpan.Zero ? "-" : "+")}{offset.Duration().Hours}";
        return offset.Minutes == 0 ? hours : $"{hours}:{offset.Duration().Minutes:00}";
    }

    private string ZoneName(int width) => moment.Zone.Id switch
    {
        "UTC" or "Z" or "Etc/UTC" => width == 4 ? "Coordinated Universal Time" : moment.Zone.Id == "Z" ? "Z" : "UTC",
        "GMT" => width == 4 ? "Greenwich Mean Time" : "GMT",
        _ when !moment.Zone.IsRegion => moment.Zone.Id,
        _ => ZoneNames.Of(moment, width == 4),
    };
}
