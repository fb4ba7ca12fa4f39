using FlowApps.Domain.Executions;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Tests.Requests;

public sealed class RequestForecastTests
{
    private static readonly DateTimeOffset Began = DateTimeOffset.UnixEpoch;

    [Fact]
    public void The_middle_of_what_was_done_is_told_whatever_broke_or_took_for_ever()
    {
        var forecast = RequestForecast.Of([Row(1), Row(2), Row(3), Row(4), Row(5000), Row(1, State.Failed), Row(null, State.Running)]);
        Assert.Equal(new RequestForecast(TimeSpan.FromHours(3), 5), forecast);
        Assert.Equal(TimeSpan.FromHours(2.5), RequestForecast.Of([Row(1), Row(1), Row(2), Row(3), Row(9), Row(9)])!.Middle);
    }

    [Fact]
    public void Nothing_is_told_from_too_few() => Assert.Null(RequestForecast.Of([Row(1), Row(2), Row(3), Row(4), Row(1, State.Cancelled)]));

    [Fact]
    public void Nothing_is_told_from_those_that_waited_for_nobody() => Assert.Null(RequestForecast.Of([.. Enumerable.Repeat(Row(0.001), 6), Row(30), Row(50)]));

    [Fact]
    public void It_says_when_the_usual_time_is_over()
    {
        var forecast = new RequestForecast(TimeSpan.FromHours(3), 23);
        Assert.Equal("Half of the last 23 were done within 3 h 0 min.", forecast.Words(Began, Began.AddHours(1)));
        Assert.Equal("It takes longer than usual: half of the last 23 were done within 3 h 0 min.", forecast.Words(Began, Began.AddHours(4)));
    }

    private static ExecutionSummary Row(double? hours, State state = State.Success) =>
        new("e", "n", "f", 1, state, Began, hours is { } took ? Began.AddHours(took) : null, null, null, []);
}
