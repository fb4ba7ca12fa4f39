using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Dates;
using FlowApps.Expressions.Filters;

namespace FlowApps.Expressions.Functions;

/// <summary>now and the calendar.</summary>
internal static class DateFunctions
{
    private const string Moment2024 = "'2024-02-29T12:34:56Z'";

    public static IEnumerable<Function> All =>
    [
        new("now", "The current time in a format.", ["format?", "timeZone?", "existingFormat?", "locale?"], Now, "{{ now() }}", null),
        new("dayOfWeek", "The weekday of a date, e.g. MONDAY.", ["date"], arguments => Day(arguments).DayOfWeek.ToString().ToUpperInvariant(), "{{ dayOfWeek(" + Moment2024 + ") }}", "THURSDAY"),
        new("dayOfMonth", "The day of a date, from 1.", ["date"], arguments => Day(arguments).Day, "{{ dayOfMonth(" + Moment2024 + ") }}", "29"),
        new("monthOfYear", "The month of a date, from 1.", ["date"], arguments => Day(arguments).Month, "{{ monthOfYear(" + Moment2024 + ") }}", "2"),
        new("hourOfDay", "The hour of a date-time as written, from 0 to 23.", ["date"], arguments => Read(arguments, 0).At.Hour, "{{ hourOfDay(" + Moment2024 + ") }}", "12"),
        new("isWeekend", "Whether a date is a Saturday or Sunday.", ["date"], arguments => Day(arguments).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, "{{ isWeekend(" + Moment2024 + ") }}", "false"),
        new("isPublicHoliday", "Whether a date is a public holiday of a country, or of one of its subdivisions.", ["date", "countryCode", "subDivision?"], IsPublicHoliday,
            "{{ isPublicHoliday('2024-12-25', 'FR') }}", null),
        new("isDayWeekInMonth", "Whether a date is the FIRST, SECOND, THIRD, FOURTH or LAST of a weekday in its month.", ["date", "dayOfWeek", "position"], IsDayWeekInMonth,
            "{{ isDayWeekInMonth(" + Moment2024 + ", 'THURSDAY', 'LAST') }}", "true"),
        new("isLastWorkingDay", "Whether a date is the last working day of its month (Monday to Friday unless told).", ["date", "workingDays?"], IsLastWorkingDay,
            "{{ isLastWorkingDay(" + Moment2024 + ") }}", "true"),
        new("isDateAfter", "Whether a date-time is after another.", ["date", "after"], arguments => Read(arguments, 0).At > Read(arguments, 1).At, "{{ isDateAfter(" + Moment2024 + ", '2024-01-01T00:00:00Z') }}", "true"),
        new("isDateBefore", "Whether a date-time is before another.", ["date", "before"], arguments => Read(arguments, 0).At < Read(arguments, 1).At, "{{ isDateBefore(" + Moment2024 + ", '2024-01-01T00:00:00Z') }}", "false"),
        new("isDateBetween", "Whether a date-time is between two others.", ["date", "after", "before"],
            arguments => Read(arguments, 0).At is var at && at > Read(arguments, 1).At && at < Read(arguments, 2).At,
            "{{ isDateBetween(" + Moment2024 + ", '2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z') }}", "true"),
    ];

    private static object? Now(Arguments arguments) =>
        DateFilters.Print(new Moment(arguments.Evaluation.Options.Clock.GetUtcNow(), Zone.Utc), arguments, 0);

    private static object? IsPublicHoliday(Arguments arguments) => arguments.Evaluation.Options.PublicHolidays is { } isHoliday
        ? isHoliday(DateOnly.FromDateTime(Day(arguments)), arguments.Text(1), arguments.OptionalText(2))
        : throw new ExpressionException("'isPublicHoliday' has no calendar of public holidays here.");

    private static object? IsDayWeekInMonth(Arguments arguments)
    {
        var day = Day(arguments);
        if (day.DayOfWeek != Weekday(arguments.Text(1))) return false;
        return arguments.Text(2).ToUpperInvariant() switch
        {
            "FIRST" => day.Day <= 7,
            "SECOND" => day.Day is > 7 and <= 14,
            "THIRD" => day.Day is > 14 and <= 21,
            "FOURTH" => day.Day is > 21 and <= 28,
            "LAST" => day.Day > DateTime.DaysInMonth(day.Year, day.Month) - 7,
            _ => throw arguments.Expected(2, "FIRST, SECOND, THIRD, FOURTH or LAST"),
        };
    }

    private static object? IsLastWorkingDay(Arguments arguments)
    {
        var day = Day(arguments);
        DayOfWeek[] working = arguments.OptionalText(1) is { } names && !string.IsNullOrWhiteSpace(names)
            ? [.. names.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Weekday)]
            : [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
        if (!working.Contains(day.DayOfWeek)) return false;
        var last = new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));
        while (!working.Contains(last.DayOfWeek)) last = last.AddDays(-1);
        return DateOnly.FromDateTime(day) == last;
    }

    private static DateTime Day(Arguments arguments) => Read(arguments, 0).At.DateTime;

    private static Moment Read(Arguments arguments, int index) => arguments.Required(index) is { } date
        ? Moment.Read(date, null, Zone.Of(arguments.Evaluation.Options.TimeZone), arguments.Evaluation.Engine.Culture)
        : throw arguments.Expected(index);

    private static DayOfWeek Weekday(string name) => Enum.TryParse<DayOfWeek>(name, ignoreCase: true, out var day) && Enum.IsDefined(day) && !char.IsAsciiDigit(name[0])
        ? day
        : throw new ExpressionException($"'{name}' is no weekday. Use MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY or SUNDAY.");
}
