using System.Globalization;
using FlowApps.Domain.Approvals;
using FlowApps.Engine.Approvals;

namespace FlowApps.Engine.Tests.Approvals;

public sealed class BusinessTimeTests
{
    private static readonly BusinessCalendar Zurich = new() { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich"), Holidays = [new(2026, 12, 25)] };

    [Theory]
    [InlineData("2026-11-20T10:00Z", 4, "2026-11-20T14:00Z")] // within a Friday, 11:00 in Zurich
    [InlineData("2026-11-20T15:00Z", 4, "2026-11-23T11:00Z")] // over the weekend
    [InlineData("2026-11-21T12:00Z", 8, "2026-11-23T16:00Z")] // asked on a Saturday
    [InlineData("2026-12-24T15:00Z", 2, "2026-12-28T09:00Z")] // over a holiday and the weekend
    [InlineData("2026-03-27T15:00Z", 2, "2026-03-30T08:00Z")] // the clocks changed: 9 in Zurich is 7 UTC
    public void Only_working_hours_count(string from, int hours, string expected)
    {
        Assert.Equal(At(expected), BusinessTime.Add(At(from), TimeSpan.FromHours(hours), Zurich));
    }

    [Fact]
    public void Going_back_finds_the_moment_that_going_on_came_from()
    {
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var from = BusinessTime.Add(At("2026-01-05T00:00Z").AddMinutes(random.Next(600_000)), TimeSpan.FromMinutes(1), Zurich);
            var time = TimeSpan.FromMinutes(random.Next(1, 5_000));
            Assert.Equal(time, Between(BusinessTime.Before(BusinessTime.Add(from, time, Zurich), time, Zurich), BusinessTime.Add(from, time, Zurich)));
        }
    }

    private static TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        var minutes = 0;
        for (var at = from; at < to; at = at.AddMinutes(1))
        {
            var local = TimeZoneInfo.ConvertTime(at, Zurich.Zone);
            if (Zurich.Days.Contains(local.DayOfWeek) && !Zurich.Holidays.Contains(DateOnly.FromDateTime(local.DateTime)) && local.Hour is >= 9 and < 17) minutes++;
        }
        return TimeSpan.FromMinutes(minutes);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
