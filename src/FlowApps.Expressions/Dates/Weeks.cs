using System.Globalization;

namespace FlowApps.Expressions.Dates;

/// <summary>Week numbers by the customs of a language: its first weekday and how many days the first week needs.</summary>
internal static class Weeks
{
    public static (int Year, int Week) Localized(DateTime date, CultureInfo culture)
    {
        var first = FirstWeek(date.Year, culture);
        if (date.Date < first) return (date.Year - 1, Between(FirstWeek(date.Year - 1, culture), date));
        if (date.Year < 9999 && date.Date >= FirstWeek(date.Year + 1, culture)) return (date.Year + 1, 1);
        return (date.Year, Between(first, date));
    }

    public static int OfMonth(DateTime date, CultureInfo culture)
    {
        var start = new DateTime(date.Year, date.Month, 1);
        var lead = DaysInto(start, culture);
        var isFullWeek = 7 - lead >= MinimalDays(culture);
        return ((date.Day - 1 + lead) / 7) + (isFullWeek ? 1 : 0);
    }

    private static int Between(DateTime firstWeek, DateTime date) => ((date.Date - firstWeek).Days / 7) + 1;

    private static DateTime FirstWeek(int year, CultureInfo culture)
    {
        var start = new DateTime(Math.Max(year, 1), 1, 1);
        var lead = DaysInto(start, culture);
        return 7 - lead >= MinimalDays(culture) ? start.AddDays(-Math.Min(lead, (start - DateTime.MinValue).Days)) : start.AddDays(7 - lead);
    }

    private static int DaysInto(DateTime date, CultureInfo culture) => ((int)date.DayOfWeek - (int)culture.DateTimeFormat.FirstDayOfWeek + 7) % 7;

    private static int MinimalDays(CultureInfo culture) => culture.DateTimeFormat.CalendarWeekRule switch
    {
        CalendarWeekRule.FirstFourDayWeek => 4,
        CalendarWeekRule.FirstFullWeek => 7,
        _ => 1,
    };
}
