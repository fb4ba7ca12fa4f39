using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Web.Look;

namespace FlowApps.Web.Requests;

/// <summary>The stages of a request: the flow's top-level tasks, by the descriptions that the author gave them.</summary>
public static class RequestSteps
{
    /// <summary>The stages before anything is sent.</summary>
    public static IReadOnlyList<string> Expected(Flow flow) =>
        Stages(flow).Select(task => task.Description is { } text && !text.Contains("{{", StringComparison.Ordinal) ? text : TaskWords.Of(task.Id)).ToList();

    public static IReadOnlyList<RequestStep> Of(RequestView request)
    {
        var steps = new List<RequestStep> { new("Sent", Silhouette.Success, null, request.Execution.State.StartDate) };
        foreach (var task in Stages(request.Flow)) steps.Add(Step(request, task));
        return steps;
    }

    /// <summary>Only the described ones when the author described any.</summary>
    private static List<TaskDefinition> Stages(Flow flow)
    {
        var tasks = flow.Tasks.Where(task => !task.Disabled).ToList();
        return tasks.Any(task => task.Description is not null) ? tasks.Where(task => task.Description is not null).ToList() : tasks;
    }

    private static RequestStep Step(RequestView request, TaskDefinition task)
    {
        var title = request.Titles.GetValueOrDefault(task.Id) ?? TaskWords.Of(task.Id);
        if (request.Execution.TaskRuns.ChildrenOf(null).LastOrDefault(run => run.TaskId == task.Id) is not { } run)
            return new RequestStep(title, request.IsOver ? Silhouette.Skipped : null, request.IsOver ? "Not reached" : null, null);
        var decision = request.Decided.LastOrDefault(wait => IsWithin(request, wait.TaskRunId, run.Id))?.Decision;
        if (request.Open is { } open && IsWithin(request, open.TaskRunId, run.Id)) return new RequestStep(title, Silhouette.Waiting, null, open.Since);
        if (IsNotNeeded(request, task, run)) return new RequestStep(title, Silhouette.Skipped, "Not needed", null);
        var remark = decision is null ? run.State.Current.PeopleWord() : $"{DecisionWords.Of(decision)} by {request.Who(decision.By)}";
        return new RequestStep(title, DecisionWords.IsNo(decision) ? Silhouette.Failed : run.State.Current.Silhouette(), remark, run.State.EndDate ?? run.State.StartDate);
    }

    private static bool IsNotNeeded(RequestView request, TaskDefinition task, TaskRun run) => run.State.Current == State.Skipped ||
        task is FlowableTask && run.State.Current == State.Success && task.Branches().Any() && request.Execution.TaskRuns.CountChildrenOf(run.Id) == 0;

    private static bool IsWithin(RequestView request, string taskRunId, string ancestorId) =>
        request.Execution.TaskRuns.Find(taskRunId) is { } run && request.Execution.TaskRuns.WithAncestors(run).Any(ancestor => ancestor.Id == ancestorId);
}
