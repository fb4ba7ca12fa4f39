using System.Collections.Immutable;
using FlowApps.Domain.Executions;
using FlowApps.Web.Executions.Timeline;
using FlowApps.Web.Look;

namespace FlowApps.Web.Tests.Executions;

public sealed class GanttTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_ended_execution_fills_the_whole_width_and_has_no_now()
    {
        var gantt = Gantt.Of(Execution(State.Success, 100, Run("a", (0, 40)), Run("b", (40, 100))), At(500));
        Assert.Null(gantt.Now);
        Assert.Equal((0, 40), Place(gantt.Lanes[0].Bars.Single()));
        Assert.Equal((40, 60), Place(gantt.Lanes[1].Bars.Single()));
        Assert.Equal("40 s", gantt.Lanes[0].Time);
    }

    [Fact]
    public void What_runs_reaches_to_now_and_leaves_room_to_grow_into()
    {
        var gantt = Gantt.Of(Execution(State.Running, null, Run("a", (0, null))), At(100));
        Assert.InRange(gantt.Now!.Value, 85, 90);
        Assert.Equal(gantt.Now.Value, gantt.Lanes[0].Bars.Single().Width, 1);
    }

    [Fact]
    public void Between_two_tries_it_waits_and_a_failed_try_carries_a_cross()
    {
        var run = Run("a", (0, 20), (50, 100)) with
        {
            State = new StateTrail([new(State.Created, At(0)), new(State.Running, At(0)), new(State.Retrying, At(20)), new(State.Running, At(50)), new(State.Success, At(100))]),
        };
        run = run with { Attempts = run.Attempts.SetItem(0, new TaskAttempt(new StateTrail([new(State.Running, At(0)), new(State.Failed, At(20))]))) };
        var lane = Gantt.Of(Execution(State.Success, 100, run), At(100)).Lanes.Single();
        Assert.Equal([(20, 30)], lane.Bars.Where(bar => bar.Hold).Select(Place));
        Assert.Equal([(0, 20), (50, 50)], lane.Bars.Where(bar => !bar.Hold).Select(Place));
        Assert.True(lane.Bars.Single(bar => bar.Of == Silhouette.Failed).Failed);
        Assert.Equal("try 2", lane.Remark);
    }

    [Fact]
    public void A_pause_is_hatched_from_when_it_began()
    {
        var run = Run("gate") with { State = new StateTrail([new(State.Created, At(10)), new(State.Running, At(10)), new(State.Paused, At(10))]) };
        var bar = Gantt.Of(Execution(State.Paused, null, run), At(100)).Lanes.Single().Bars.Single();
        Assert.True(bar.Hold);
        Assert.Equal(8.7, bar.Start, 1);
    }

    [Fact]
    public void Children_stand_below_their_parent_whose_bar_is_their_span()
    {
        var parent = Run("loop") with { State = new StateTrail([new(State.Created, At(0)), new(State.Running, At(0)), new(State.Success, At(100))]) };
        var gantt = Gantt.Of(Execution(State.Success, 100, parent, Run("x", (0, 50)) with { ParentId = "loop", Value = "lyon" }, Run("last", (90, 100)), Run("y", (50, 100)) with { ParentId = "loop" }), At(100));
        Assert.Equal(["loop 0", "x lyon 1", "y 1", "last 0"], gantt.Lanes.Select(lane => $"{lane.Name} {lane.Depth}"));
        Assert.True(gantt.Lanes[0].Bars.Single().Group);
    }

    [Fact]
    public void Thousands_of_runs_are_cut_and_counted() =>
        Assert.Equal(600, Gantt.Of(Execution(State.Success, 100, [.. Enumerable.Range(0, 1000).Select(i => Run($"t{i}", (0, 1)))]), At(100)).Left);

    [Theory]
    [InlineData(0.004)]
    [InlineData(3)]
    [InlineData(290)]
    [InlineData(90_000)]
    [InlineData(40_000_000)]
    public void The_axis_has_a_handful_of_marks_at_any_length(double seconds)
    {
        var ticks = Gantt.Of(Execution(State.Success, seconds, Run("a", (0, seconds))), At(seconds)).Ticks;
        Assert.InRange(ticks.Count, 2, 8);
        Assert.Equal(ticks.Select(tick => tick.At), ticks.Select(tick => tick.At).Order());
    }

    private static (int Start, int Width) Place(Bar bar) => ((int)Math.Round(bar.Start), (int)Math.Round(bar.Width));

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private static Execution Execution(State state, double? end, params TaskRun[] runs) => new()
    {
        Id = "e",
        Namespace = "n",
        FlowId = "f",
        FlowRevision = 1,
        State = end is { } at ? new StateTrail([new(State.Created, Start), new(state, At(at))]) : new StateTrail([new(State.Created, Start), new(state, Start)]),
        TaskRuns = runs.Aggregate(TaskRunList.Empty, (list, run) => list.Add(run)),
    };

    private static TaskRun Run(string task, params (double From, double? To)[] tries) => new()
    {
        Id = task,
        TaskId = task,
        State = tries.Length == 0 ? StateTrail.Start(State.Created, Start)
            : tries[^1].To is { } end ? new StateTrail([new(State.Created, At(tries[0].From)), new(State.Running, At(tries[0].From)), new(State.Success, At(end))])
            : new StateTrail([new(State.Created, At(tries[0].From)), new(State.Running, At(tries[0].From))]),
        Attempts = tries.Select(t => new TaskAttempt(t.To is { } to ? new StateTrail([new(State.Running, At(t.From)), new(State.Success, At(to))]) : StateTrail.Start(State.Running, At(t.From)))).ToImmutableList(),
    };
}
