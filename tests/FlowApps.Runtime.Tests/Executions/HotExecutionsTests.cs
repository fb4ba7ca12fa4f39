using FlowApps.Domain.Executions;
using FlowApps.Runtime.Executions;

namespace FlowApps.Runtime.Tests.Executions;

public sealed class HotExecutionsTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly HotExecutions hot = new(8);

    [Fact]
    public void What_ends_does_not_push_out_what_goes_on()
    {
        foreach (var number in Enumerable.Range(0, 8)) hot.Offer(Live($"waits-{number}", State.Paused));
        foreach (var number in Enumerable.Range(0, 100)) hot.Offer(Live($"ends-{number}", State.Success));
        Assert.All(Enumerable.Range(0, 8), number => Assert.NotNull(hot.Find($"waits-{number}")));
        Assert.Equal(["ends-98", "ends-99"], Enumerable.Range(0, 100).Select(number => $"ends-{number}").Where(id => hot.Find(id) is not null));
    }

    [Fact]
    public void The_least_recently_used_goes_first()
    {
        foreach (var number in Enumerable.Range(0, 8)) hot.Offer(Live($"waits-{number}", State.Paused));
        hot.Find("waits-0");
        hot.Offer(Live("new", State.Running));
        Assert.NotNull(hot.Find("waits-0"));
        Assert.Null(hot.Find("waits-1"));
    }

    [Fact]
    public void Only_the_newest_version_is_kept_whether_it_ends_or_begins_again()
    {
        hot.Offer(Live("one", State.Running, 3));
        hot.Offer(Live("one", State.Success, 5));
        hot.Offer(Live("one", State.Running, 4));
        Assert.Equal(5, hot.Find("one")!.Version);
        hot.Offer(Live("one", State.Restarted, 6));
        Assert.Equal((State.Restarted, 6), (hot.Find("one")!.State.State.Current, hot.Find("one")!.Version));
        hot.Outdate("one", 7);
        Assert.Null(hot.Find("one"));
        hot.Offer(Live("one", State.Success, 6));
        Assert.Null(hot.Find("one"));
    }

    private static LiveExecution Live(string id, State state, long version = 1) =>
        new(new Execution { Id = id, Namespace = "n", FlowId = "f", FlowRevision = 1, State = StateTrail.Start(State.Created, At).To(state, At) }, version, 0);
}
