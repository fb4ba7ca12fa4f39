using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Engine.Tasks;
using FlowApps.Web.Look;

namespace FlowApps.Web.Requests;

/// <summary>Where a request stands, in one sentence: whom it waits for, since when, until when, and what comes next.</summary>
public sealed record RequestSentence(Silhouette Shape, string Sentence, string? Then)
{
    public static RequestSentence Of(RequestView request)
    {
        if (request.Open is { } wait) return Waiting(request, wait);
        var declined = request.Decided.LastOrDefault(decided => DecisionWords.IsNo(decided.Decision))?.Decision;
        return request.Execution.State.Current switch
        {
            State.Success => new(Silhouette.Success, "Done.", request.Results.Count > 0 ? "The result is below." : null),
            State.Warning => new(Silhouette.Warning, "Done, with a remark.", request.Results.Count > 0 ? "The result is below." : null),
            State.Cancelled when declined is not null => new(Silhouette.Failed, $"Declined by {request.Who(declined.By)}.", declined.Comment is null ? null : $"“{declined.Comment}”"),
            State.Cancelled => new(Silhouette.Cancelled, "Closed.", request.Execution.Error),
            State.Killed => new(Silhouette.Killed, "Withdrawn.", "Nothing more will happen."),
            State.Killing => new(Silhouette.Killing, "Being withdrawn.", null),
            State.Failed => new(Silhouette.Failed, "Something broke on our side.", $"Your answers are kept. Quote {request.Reference} when you ask about it."),
            State.Queued => new(Silhouette.Queued, "In line.", "It starts by itself when it is its turn."),
            State.Retrying => new(Silhouette.Retrying, "Something did not work at once, so we try again.", "You do not have to do anything."),
            State.Created when request.Execution.ScheduleDate is not null => new(Silhouette.Created, "Planned.", "It starts by itself."),
            _ => new(Silhouette.Running, $"{RequestSteps.Of(request).FirstOrDefault(step => step.Shape == Silhouette.Running)?.Title ?? "In progress"}.", "This page follows by itself."),
        };
    }

    private static RequestSentence Waiting(RequestView request, Wait wait)
    {
        if (wait.Changes is { } asked) return new(Silhouette.Changes, $"Waiting for {request.Who(wait.Requester)} to change {(asked.Asks.Count == 1 ? "an answer" : asked.Asks.Count == 0 ? "the answers" : $"{asked.Asks.Count} answers")}.", asked.Comment is null ? null : $"“{asked.Comment}”");
        var next = RequestSteps.Of(request).FirstOrDefault(step => step.Shape is null)?.Title;
        var then = next is null ? null : $"Then: {next}.";
        return new(Silhouette.Waiting, $"Waiting for {request.Whom(wait)} to decide.", then);
    }

    /// <summary>What happens when nobody decides in time, to end the sentence that says until when; null when it says nothing about that.</summary>
    public static string? WithoutAnswer(RequestView request, Wait wait) => request.Flow.AllTasks().FirstOrDefault(task => task.Id == wait.TaskId) switch
    {
        PausingTask pausing => WithoutAnswer(pausing.WhenOver),
        Approval { OnTimeout: "FAIL" } => WithoutAnswer(PauseBehavior.Fail),
        Approval { OnTimeout: "CANCEL" } => WithoutAnswer(PauseBehavior.Cancel),
        Approval approval => $"it counts as “{wait.Policy.Outcome(approval.OnTimeout)?.Label ?? TaskWords.Of(approval.OnTimeout)}” then.",
        _ => null,
    };

    private static string WithoutAnswer(PauseBehavior behavior) => behavior switch
    {
        PauseBehavior.Resume => "it goes on without an answer then.",
        PauseBehavior.Warn => "it goes on without an answer then, and says so.",
        PauseBehavior.Fail => "it ends without an answer then.",
        PauseBehavior.Cancel => "it is closed then.",
        _ => throw new ArgumentOutOfRangeException(nameof(behavior)),
    };
}
