namespace FlowApps.Expressions.Dates;

/// <summary>Adds an amount of a Java ChronoUnit. Days and longer move the clock date (month ends are kept inside the month), shorter ones the instant.</summary>
internal static class DateUnits
{
    public static Moment Add(Moment moment, long amount, string unit)
    {
        try
        {
            return unit switch
            {
                "NANOS" => Shift(moment, amount / 100),
                "MICROS" => Shift(moment, checked(amount * 10)),
                "MILLIS" => Shift(moment, checked(amount * TimeSpan.TicksPerMillisecond)),
                "SECONDS" => Shift(moment, checked(amount * TimeSpan.TicksPerSecond)),
                "MINUTES" => Shift(moment, checked(amount * TimeSpan.TicksPerMinute)),
                "HOURS" => Shift(moment, checked(amount * TimeSpan.TicksPerHour)),
                "HALF_DAYS" => Shift(moment, checked(amount * 12 * TimeSpan.TicksPerHour)),
                "DAYS" => OnClock(moment, date => date.AddDays(amount)),
                "WEEKS" => OnClock(moment, date => date.AddDays(checked(amount * 7))),
                "MONTHS" => OnClock(moment, date => date.AddMonths(checked((int)amount))),
                "YEARS" => OnClock(moment, date => date.AddMonths(checked((int)amount * 12))),
                "DECADES" => OnClock(moment, date => date.AddMonths(checked((int)amount * 120))),
                "CENTURIES" => OnClock(moment, date => date.AddMonths(checked((int)amount * 1200))),
                _ => throw new ExpressionException($"No unit '{unit}'. Use NANOS, MICROS, MILLIS, SECONDS, MINUTES, HOURS, HALF_DAYS, DAYS, WEEKS, MONTHS, YEARS, DECADES or CENTURIES."),
            };
        }
        catch (Exception failure) when (failure is OverflowException or ArgumentOutOfRangeException)
        {
            throw new ExpressionException($"{amount} {unit} lead out of the years 1 to 9999.", failure);
        }
    }

    private static Moment Shift(Moment moment, long ticks) => (moment with { At = moment.At.AddTicks(ticks) }).In(moment.Zone);

    private static Moment OnClock(Moment moment, Func<DateTime, DateTime> move) => Moment.OfLocal(move(moment.At.DateTime), moment.Zone);
}
