using System.Globalization;
using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Dates;

namespace FlowApps.Expressions.Filters;

/// <summary>Filters on dates: date types, ISO texts and epoch seconds.</summary>
internal static class DateFilters
{
    private static readonly string[] Formatting = ["format?", "timeZone?", "existingFormat?", "locale?"];

    public static IEnumerable<Filter> All =>
    [
        new("date", "A date in a format: iso, iso_sec, sql, sql_seq, iso_date, iso_time, iso_instant, rfc_1123_date_time, full, long, medium, short … or a Java pattern.", Formatting, Format,
            "{{ '2024-02-29T12:34:56Z' | date('yyyy-MM-dd HH:mm', timeZone='Europe/Paris') }}", "2024-02-29 13:34"),
        new("dateAdd", "A date moved by an amount of NANOS … SECONDS, MINUTES, HOURS, DAYS, WEEKS, MONTHS, YEARS.", ["amount", "unit", "format?", "timeZone?", "existingFormat?", "locale?"], Add,
            "{{ '2024-01-31' | dateAdd(1, 'MONTHS', 'yyyy-MM-dd') }}", "2024-02-29"),
        new("timestamp", "Seconds since 1970.", Formatting, Epoch(moment => moment.EpochSecond), "{{ '2024-02-29T12:34:56Z' | timestamp }}", "1709210096"),
        new("timestampMilli", "Milliseconds since 1970.", Formatting, Epoch(moment => moment.At.ToUnixTimeMilliseconds()), "{{ '2024-02-29T12:34:56.5Z' | timestampMilli }}", "1709210096500"),
        new("timestampMicro", "Seconds since 1970 times 10^9, plus the microseconds (Kestra's way).", Formatting, Epoch(moment => (moment.EpochSecond * 1_000_000_000) + (moment.Nano / 1_000)), "{{ '2024-02-29T12:34:56.123456Z' | timestampMicro }}", "1709210096000123456"),
        new("timestampNano", "Nanoseconds since 1970.", Formatting, Epoch(moment => checked((moment.EpochSecond * 1_000_000_000) + moment.Nano)), "{{ '2024-02-29T12:34:56.123456Z' | timestampNano }}", "1709210096123456000"),
    ];

    /// <summary>Prints a moment as format, timeZone and locale ask, which are the arguments from <paramref name="first"/> on.</summary>
    public static string Print(Moment moment, Arguments arguments, int first)
    {
        var (_, culture) = Surroundings(arguments, first);
        var format = arguments.OptionalText(first) ?? "iso";
        var zone = ZoneOf(arguments, first + 1);
        var text = DateFormats.Find(format).Format(moment.In(zone), culture);
        arguments.Evaluation.BurnText(text.Length);
        return text;
    }

    public static Zone ZoneOf(Arguments arguments, int index) => Zone.Of(arguments.OptionalText(index) ?? arguments.Evaluation.Options.TimeZone);

    private static object? Format(object? input, Arguments arguments) => input is null ? null : Print(Read(input, arguments, 0), arguments, 0);

    private static object? Add(object? input, Arguments arguments) =>
        input is null ? null : Print(DateUnits.Add(Read(input, arguments, 2), arguments.Whole(0), arguments.Text(1)), arguments, 2);

    private static FilterBody Epoch(Func<Moment, long> count) => (input, arguments) => input is null ? null : count(Read(input, arguments, 0));

    private static Moment Read(object input, Arguments arguments, int first)
    {
        var (existing, culture) = Surroundings(arguments, first);
        return Moment.Read(input, existing, ZoneOf(arguments, first + 1), culture);
    }

    private static (string? ExistingFormat, CultureInfo Culture) Surroundings(Arguments arguments, int first) =>
        (arguments.OptionalText(first + 2), arguments.OptionalText(first + 3) is { } locale ? ExpressionEngine.CultureOf(locale) : arguments.Evaluation.Engine.Culture);
}
