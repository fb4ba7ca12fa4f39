namespace FlowApps.Expressions.Tests;

public sealed class DateTests
{
    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2024, 3, 31, 0, 59, 59, TimeSpan.Zero);
    }

    private static readonly ExpressionEngine Engine = new(new ExpressionOptions { Clock = new FixedClock() });

    [Theory]
    [InlineData("{{ now() }}", "2024-03-31T00:59:59.000000Z")]
    [InlineData("{{ now('iso_sec', 'Europe/Paris') }}", "2024-03-31T01:59:59+01:00")]
    [InlineData("{{ now() | dateAdd(1, 'SECONDS', 'iso_sec', 'Europe/Paris') }}", "2024-03-31T03:00:00+02:00")]
    [InlineData("{{ '2024-03-30T02:30:00' | dateAdd(1, 'DAYS', 'iso_sec', 'Europe/Paris') }}", "2024-03-31T03:30:00+02:00")]
    [InlineData("{{ '2024-10-27T02:30:00' | date('iso_sec', 'Europe/Paris') }}", "2024-10-27T02:30:00+02:00")]
    [InlineData("{{ '2024-02-29T12:34:56.123456789Z' | date('iso_instant') }}", "2024-02-29T12:34:56.123456700Z")]
    [InlineData("{{ '2024-02-29T12:34Z' | date('iso_local_date_time') }}", "2024-02-29T12:34:00")]
    [InlineData("{{ '2024-12-30T00:00:00Z' | date(\"YYYY-'W'ww e\", locale='en_US') }} {{ '2024-12-30' | date('iso_week_date') }}", "2025-W01 2 2025-W01-1Z")]
    [InlineData("{{ '2024-02-29T12:34:56+01:00[Europe/Paris]' | date('iso_zoned_date_time', 'Europe/Paris') }}", "2024-02-29T12:34:56+01:00[Europe/Paris]")]
    [InlineData("{{ '2024-02-29T01:02:03Z' | date(\"h K k a EEEE MMMM QQQQ DDD '''q''' z\", 'America/New_York') }}", "8 8 20 PM Wednesday February 1st quarter 059 'q' EST")]
    [InlineData("{{ '2024-02-29T00:00:00Z' | date('X|XX|XXX|x|Z|ZZZZ|O|VV', 'Asia/Kolkata') }}", "+0530|+0530|+05:30|+0530|+0530|GMT+05:30|GMT+5:30|Asia/Kolkata")]
    [InlineData("{{ '2024-02-29T00:00:00Z' | date('EEEE d MMMM', locale='de_DE') }} {{ '2024-02-29T00:00:00Z' | date('EEE d MMM', locale='fr') }}", "Donnerstag 29 Februar jeu. 29 févr.")]
    [InlineData("{{ '20240229123456' | date('sql_seq', existingFormat='yyyyMMddHHmmss') }}", "2024-02-29 12:34:56")]
    [InlineData("{{ '1/2/24' | date('iso_local_date', existingFormat='d/M/yy') }} {{ 'Feb 9, 2024 1:05 PM +0200' | date('iso_sec', existingFormat='MMM d, yyyy h:mm a Z') }}", "2024-02-01 2024-02-09T11:05:00Z")]
    [InlineData("{{ '2024-060' | date('iso_local_date', existingFormat='iso_ordinal_date') }} {{ '2024-W09-4' | date('iso_local_date', existingFormat='iso_week_date') }}", "2024-02-29 2024-02-29")]
    [InlineData("{{ '2024-02-29 12:00' | date('iso_sec', existingFormat='yyyy-MM-dd[ HH:mm[:ss]]', timeZone='+02:00') }}", "2024-02-29T12:00:00+02:00")]
    [InlineData("{{ 1709210096 | date('sql') }} {{ '2024-02-29' | timestamp(timeZone='Europe/Paris') }}", "2024-02-29 12:34:56.000000 1709161200")]
    [InlineData("{{ '2024-02-29T12:34:56Z' | date('short') }}", "2/29/24, 12:34\u202fPM")]
    public void Date_is_written_as_java_does(string template, string expected) => Assert.Equal(expected, Engine.Render(template, Scope.Empty));

    [Fact]
    public void Public_holidays_are_asked_of_the_calendar_that_was_given()
    {
        var engine = new ExpressionEngine(new ExpressionOptions { PublicHolidays = (day, country, part) => day == new DateOnly(2024, 7, 14) && country == "FR" && part is null });
        Assert.Equal("true false", engine.Render("{{ isPublicHoliday('2024-07-14T10:00:00Z', 'FR') }} {{ isPublicHoliday('2024-07-14', 'DE') }}", Scope.Empty));
        Assert.Throws<ExpressionException>(() => Engine.Render("{{ isPublicHoliday('2024-07-14', 'FR') }}", Scope.Empty));
    }

    [Theory]
    [InlineData("{{ '2024-02-30' | date }}", "could not be parsed")]
    [InlineData("{{ '2024-02-29' | date('bb') }}", "Unknown pattern letter: b")]
    [InlineData("{{ '2024-02-29' | date('ddd') }}", "Too many pattern letters: d")]
    [InlineData("{{ '2024-02-29' | date(\"'x\") }}", "incomplete string literal")]
    [InlineData("{{ '2024-02-29' | date(timeZone='Mars/Olympus') }}", "Unknown time-zone ID: Mars/Olympus")]
    [InlineData("{{ '2024-02-29' | dateAdd(1, 'days') }}", "No unit 'days'")]
    [InlineData("{{ '2024-02-29' | dateAdd(99999, 'YEARS') }}", "years 1 to 9999")]
    [InlineData("{{ 'x' | date(existingFormat='yyyy') }}", "Text 'x' could not be parsed at index 0")]
    [InlineData("{{ [1] | date }}", "is not a date")]
    public void Date_is_refused_clearly_when_it_is_none(string template, string because) =>
        Assert.Contains(because, Assert.Throws<ExpressionException>(() => Engine.Render(template, Scope.Empty)).Message, StringComparison.Ordinal);
}
