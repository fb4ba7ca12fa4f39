using FlowApps.Engine.Executions;
using FlowApps.Engine.Triggers;
using FlowApps.Expressions;

namespace FlowApps.Engine.Tests;

public sealed class ScheduleTests
{
    private static readonly TimeZoneInfo Utc = TimeZoneInfo.Utc;
    private static readonly TimeZoneInfo Paris = TimeZones.Find("Europe/Paris");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static (Schedule Schedule, DateCheck Check) Scheduled(string fields)
    {
        var flow = Harness.Flows.Of($"tasks: [{{id: a, type: test.Work}}]\ntriggers:\n- id: s\n  type: core.trigger.Schedule\n{fields}");
        var schedule = (Schedule)flow.Triggers[0];
        var contexts = new TriggerContexts(new ExpressionEngine(new ExpressionOptions()), new RunSettings());
        return (schedule, trigger => contexts.Hold(flow, schedule, trigger, default));
    }

    [Theory]
    [InlineData("0 9 * * *", "2026-03-01T09:00:00Z", "2026-03-02T09:00:00Z")]
    [InlineData("*/15 * * * *", "2026-03-01T09:01:30Z", "2026-03-01T09:15:00Z")]
    [InlineData("0 0 29 2 *", "2026-03-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 31 * *", "2026-03-31T00:00:00Z", "2026-05-31T00:00:00Z")]
    [InlineData("0 12 * * MON-FRI", "2026-03-06T12:00:00Z", "2026-03-09T12:00:00Z")]
    [InlineData("0 0 * * 7", "2026-03-03T00:00:00Z", "2026-03-08T00:00:00Z")]
    [InlineData("0 0 13 * FRI", "2026-03-07T00:00:00Z", "2026-03-13T00:00:00Z")]
    [InlineData("0 0 1 * FRI", "2026-03-02T00:00:00Z", "2026-03-06T00:00:00Z")]
    [InlineData("5-10/2,30 3 * JAN *", "2026-01-01T03:09:00Z", "2026-01-01T03:30:00Z")]
    [InlineData("@hourly", "2026-03-01T09:59:59Z", "2026-03-01T10:00:00Z")]
    [InlineData("@weekly", "2026-03-01T00:00:00Z", "2026-03-08T00:00:00Z")]
    public void Cron_finds_the_next_date(string cron, string after, string expected)
    {
        var next = Cron.Parse(cron).Next(At(after), Utc);
        Assert.Equal(At(expected), next);
        Assert.True(Cron.Parse(cron).Previous(next!.Value.AddSeconds(1), Utc) == next);
    }

    [Theory]
    [InlineData("60 * * * *")]
    [InlineData("* * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("$ome Inv@lid Cr0n")]
    public void Cron_refuses_what_it_is_not(string cron) => Assert.Contains("invalid cron expression", Assert.Throws<FormatException>(() => Cron.Parse(cron)).Message);

    [Theory]
    [InlineData("30 2 * * *", "2026-03-28T12:00:00+01:00", "2026-03-29T03:00:00+02:00")]
    [InlineData("30 * * * *", "2026-03-29T01:45:00+01:00", "2026-03-29T03:30:00+02:00")]
    [InlineData("30 2 * * *", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00")]
    [InlineData("30 * * * *", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00")]
    [InlineData("0 12 * * *", "2026-03-28T12:00:00+01:00", "2026-03-29T12:00:00+02:00")]
    public void Cron_knows_when_the_clocks_change(string cron, string after, string expected) => Assert.Equal(At(expected), Cron.Parse(cron).Next(At(after), Paris));

    [Fact]
    public void Cron_with_seconds_steps_by_seconds()
    {
        var cron = Cron.Parse("* * * * * *", withSeconds: true);
        Assert.Equal(At("2026-03-01T09:00:01Z"), cron.Next(At("2026-03-01T09:00:00Z"), Utc));
        Assert.Equal(At("2026-03-01T08:59:59Z"), cron.Previous(At("2026-03-01T09:00:00Z"), Utc));
    }

    [Fact]
    public void Cron_agrees_with_counting_minutes_through_a_year()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            string Field(int min, int max) => random.Next(4) switch { 0 => "*", 1 => $"*/{random.Next(2, 9)}", 2 => $"{random.Next(min, max + 1)}", _ => $"{min}-{random.Next(min + 1, max + 1)}" };
            var (minute, hour, day, month) = (Field(0, 59), Field(0, 23), Field(1, 28), Field(1, 12));
            var cron = Cron.Parse($"{minute} {hour} {day} {month} *");
            var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(400_000));
            var next = cron.Next(start, Utc)!.Value;
            Assert.True(next > start && next.Second == 0);
            Assert.Equal(next, cron.Previous(next.AddSeconds(1), Utc));
            Assert.Equal(next, cron.Next(next.AddSeconds(-1), Utc));
            var before = cron.Previous(next, Utc)!.Value;
            Assert.True(before <= start && cron.Next(before, Utc) == next);
        }
    }

    [Fact]
    public void Dates_whose_conditions_fail_are_skipped_both_ways()
    {
        var (schedule, check) = Scheduled("  cron: \"0 12 * * 1\"\n  timezone: Europe/Paris\n  conditions:\n  - type: core.condition.DayWeekInMonth\n    date: \"{{ trigger.date }}\"\n    dayOfWeek: MONDAY\n    dayInMonth: FIRST");
        var variables = schedule.VariablesAt(schedule.NextDate(At("2021-07-30T00:00:00Z"), check)!.Value, check);
        Assert.Equal("""{"date":"2021-08-02T12:00:00+02:00","next":"2021-09-06T12:00:00+02:00","previous":"2021-07-05T12:00:00+02:00"}""", Domain.Values.Data.Write(variables));
    }

    [Fact]
    public void The_fourth_first_monday_comes_after_three_others()
    {
        var (schedule, check) = Scheduled("  cron: \"0 0 * * *\"\n  timezone: Europe/Paris\n  conditions:\n  - type: core.condition.DayWeekInMonth\n    date: \"{{ trigger.date }}\"\n    dayOfWeek: MONDAY\n    dayInMonth: FIRST");
        var date = At("2021-09-06T02:00:00+01:00");
        for (var i = 0; i < 4; i++) date = schedule.NextDate(date, check)!.Value;
        Assert.Equal(At("2022-01-03T00:00:00+01:00"), date);
    }

    [Theory]
    [InlineData("ALL", "2026-03-01T10:00:00Z")]
    [InlineData("LAST", "2026-03-01T12:00:00Z")]
    [InlineData("NONE", "2026-03-01T13:00:00Z")]
    public void Missed_dates_are_recovered_as_asked(string policy, string expected)
    {
        var (schedule, check) = Scheduled($"  cron: \"0 * * * *\"\n  timezone: UTC\n  recoverMissedSchedules: {policy}");
        Assert.Equal(At(expected), schedule.Recover(At("2026-03-01T09:00:00Z"), At("2026-03-01T12:30:00Z"), RecoverMissedSchedules.All, check));
    }

    [Fact]
    public void Dates_later_than_the_maximum_delay_are_skipped()
    {
        var (schedule, check) = Scheduled("  cron: \"* * * * *\"\n  timezone: UTC\n  lateMaximumDelay: PT5M");
        Assert.Equal(At("2026-03-01T12:26:00Z"), schedule.Next(At("2026-03-01T12:15:00Z"), At("2026-03-01T12:30:30Z"), check));
    }

    [Fact]
    public void ScheduleOnDates_goes_through_its_dates_in_order()
    {
        var flow = Harness.Flows.Of("tasks: [{id: a, type: test.Work}]\ntriggers:\n- id: s\n  type: core.trigger.ScheduleOnDates\n  timezone: Europe/Paris\n  dates: [\"2026-05-01T10:00:00\", \"2026-04-01T08:00:00Z\"]");
        var trigger = (ScheduleOnDates)flow.Triggers[0];
        Assert.Equal(At("2026-04-01T08:00:00Z"), trigger.NextDate(At("2026-03-01T00:00:00Z"), _ => true));
        Assert.Equal(At("2026-05-01T08:00:00Z"), trigger.NextDate(At("2026-04-01T08:00:00Z"), _ => true));
        Assert.Null(trigger.NextDate(At("2026-05-01T08:00:00Z"), _ => true));
    }

    [Theory]
    [InlineData("dates: \"{{ vars.days }}\"")]
    [InlineData("dates: [\"{{ vars.day }}\"]")]
    public void The_dates_of_ScheduleOnDates_may_be_expressions(string dates)
    {
        var flow = Harness.Flows.Of($"tasks: [{{id: a, type: test.Work}}]\ntriggers:\n- id: s\n  type: core.trigger.ScheduleOnDates\n  timezone: Europe/Paris\n  {dates}");
        var rendered = ((ScheduleOnDates)flow.Triggers[0]).Rendered(text => text.Contains("days", StringComparison.Ordinal) ? "[\"2026-05-01T10:00:00\"]" : "2026-05-01T10:00:00");
        Assert.Equal(At("2026-05-01T08:00:00Z"), rendered.NextDate(At("2026-03-01T00:00:00Z"), _ => true));
    }

    [Fact]
    public void A_date_that_is_none_is_refused_when_the_flow_is_saved()
    {
        var trigger = new ScheduleOnDates { Id = "s", Type = "core.trigger.ScheduleOnDates", Dates = new(new List<object?> { "tomorrow" }) };
        Assert.Equal("invalid_date", Assert.Single(trigger.Validate()).Code);
        Assert.Equal("invalid_date", Assert.Single((trigger with { Dates = new(FlowApps.Domain.Values.Data.Map(("on", "2026-01-01T00:00:00Z"))) }).Validate()).Code);
        Assert.Empty((trigger with { Dates = "{{ kv('days') }}" }).Validate());
    }
}
