using FlowApps.Domain.Executions;
using FlowApps.Web.Executions.History;

namespace FlowApps.Web.Tests.Executions;

public sealed class EventWordsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Events_are_numbered_and_call_task_runs_by_their_task()
    {
        var words = EventWords.Of([new TaskRunCreated(At, "r1", "load", Value: "lyon"), new AttemptStarted(At, "r1"), new AttemptEnded(At, "r1", State.Failed, State.Failed), new ExecutionStateChanged(At, State.Killed, "ines")]);
        Assert.Equal(["1 Task created load lyon", "2 Try began load lyon", "3 Try ended, failed load lyon", "4 Killed ines"], words.Select(word => $"{word.Number} {word.What} {word.Whom}"));
        Assert.Equal([false, false, true, true], words.Select(word => word.IsStateChange));
    }
}
