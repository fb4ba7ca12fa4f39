using FlowApps.Domain.Executions;

namespace FlowApps.Web.Look;

/// <summary>The shapes that states are drawn with. Waiting and Changes are for people; the others follow an execution's state.</summary>
public enum Silhouette
{
    Created, Queued, Running, Paused, Waiting, Breakpoint, Retrying, Success, Warning, Changes, Failed, Killing, Killed, Cancelled, Skipped,
}

/// <summary>State to shape and word, in one place.</summary>
public static class StateLook
{
    public static Silhouette Silhouette(this State state) => state switch
    {
        State.Created or State.Submitted => Look.Silhouette.Created,
        State.Queued => Look.Silhouette.Queued,
        State.Running or State.Restarted => Look.Silhouette.Running,
        State.Paused => Look.Silhouette.Paused,
        State.Breakpoint => Look.Silhouette.Breakpoint,
        State.Retrying or State.Retried => Look.Silhouette.Retrying,
        State.Success => Look.Silhouette.Success,
        State.Warning => Look.Silhouette.Warning,
        State.Failed => Look.Silhouette.Failed,
        State.Killing => Look.Silhouette.Killing,
        State.Killed => Look.Silhouette.Killed,
        State.Cancelled => Look.Silhouette.Cancelled,
        State.Skipped or State.Resubmitted => Look.Silhouette.Skipped,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>What developers read.</summary>
    public static string DeveloperWord(this State state) => state.ToString();

    /// <summary>
    /// What requesters and approvers read where the app's author gave no words of their own. Never a word of the machinery; a step that is
    /// not reached yet reads as nothing.
    /// </summary>
    public static string PeopleWord(this State state) => state switch
    {
        State.Created or State.Submitted => "Not started yet",
        State.Queued => "In line",
        State.Running or State.Restarted or State.Killing => "In progress",
        State.Paused => "Waiting for an answer",
        State.Breakpoint => "In progress",
        State.Retrying or State.Retried => "We try again",
        State.Success => "Done",
        State.Warning => "Done, with a remark",
        State.Failed => "Something broke on our side",
        State.Killed => "Withdrawn",
        State.Cancelled => "Closed",
        State.Skipped or State.Resubmitted => "Not needed",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>How a request as a whole looks to people: a pause is somebody's turn, a stop is an end.</summary>
    public static Silhouette PeopleSilhouette(this State state) => state switch
    {
        State.Paused => Look.Silhouette.Waiting,
        State.Breakpoint or State.Killing => Look.Silhouette.Running,
        _ => state.Silhouette(),
    };

    /// <summary>The value of <c>data-state</c>, which the stylesheet reads.</summary>
    public static string Css(this Silhouette silhouette) => silhouette.ToString().ToUpperInvariant();
}
