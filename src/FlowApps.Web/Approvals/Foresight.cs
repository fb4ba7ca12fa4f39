using System.Text.RegularExpressions;
using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Approvals;
using FlowApps.Engine.Tasks;
using FlowApps.Expressions;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Approvals;

/// <summary>A step that follows. <c>Perhaps</c>: it depends on what is not known yet.</summary>
public sealed record ForeseenStep(string Title, bool Perhaps);

/// <summary>What follows an outcome. <c>First</c>: others who still have to approve.</summary>
public sealed record Prospect(ApprovalOutcome Outcome, IReadOnlyList<ForeseenStep> Steps, bool Ends, bool First);

/// <summary>
/// Reads from the flow what the buttons of a question will lead to: the next steps in the author's words. A branch is said for certain only when nothing else than answers,
/// finished tasks and this very outcome decides it.
/// </summary>
public sealed partial class Foresight(IExecutions executions, ExpressionEngine expressions)
{
    public async Task<IReadOnlyList<Prospect>> OfAsync(RequestView request, Wait wait, CancellationToken cancellation)
    {
        return wait.Decision is null ? Of(request, wait, await executions.VariablesAsync(request.Id, cancellation), expressions) : [];
    }

    /// <summary><paramref name="known"/>: the variables as they are now.</summary>
    public static IReadOnlyList<Prospect> Of(RequestView request, Wait wait, IReadOnlyDictionary<string, object?> known, ExpressionEngine expressions)
    {
        if (Path(request.Flow.Tasks, wait.TaskId) is not { } path) return [];
        var last = Tally.Of(wait).Sum(stage => stage.Stage.Quorum - stage.Approvals.Count) <= 1;
        return [.. wait.Policy.Outcomes.Where(outcome => outcome.Kind != OutcomeKind.Changes).Select(outcome => outcome.Then == OutcomeEnd.Continue
            ? new Prospect(outcome, new Walk(expressions, request, wait, known, outcome.Id).After(path), false, outcome.Kind == OutcomeKind.Approve && !last)
            : new Prospect(outcome, Cleanup(request, outcome), true, false))];
    }

    /// <summary>What runs when it ends here: what the flow always does, and what it does about errors.</summary>
    private static List<ForeseenStep> Cleanup(RequestView request, ApprovalOutcome outcome) =>
        [.. (outcome.Then == OutcomeEnd.Fail ? request.Flow.Errors : []).Concat(request.Flow.Finally).Where(task => !task.Disabled).Select(task => new ForeseenStep(Title(request, task), false))];

    /// <summary>The lists that lead to a task, the innermost first, each with the task whose list it is and what follows in it.</summary>
    private static List<(TaskDefinition? Owner, IReadOnlyList<TaskDefinition> Later)>? Path(IReadOnlyList<TaskDefinition> tasks, string id, TaskDefinition? owner = null)
    {
        for (var i = 0; i < tasks.Count; i++)
        {
            var within = tasks[i].Id == id ? [] : tasks[i].Branches().Select(branch => Path(branch.Tasks, id, tasks[i])).FirstOrDefault(found => found is not null);
            if (within is not null) return [.. within, (owner, [.. tasks.Skip(i + 1)])];
        }
        return null;
    }

    private static string Title(RequestView request, TaskDefinition task) => request.Titles.GetValueOrDefault(task.Id) ?? TaskWords.Of(task.Id);

    /// <summary>One walk along the tasks after a question, as if it had been answered with an outcome.</summary>
    private sealed class Walk(ExpressionEngine expressions, RequestView request, Wait wait, IReadOnlyDictionary<string, object?> known, string outcome)
    {
        private readonly Scope scope = new(With(known, wait.TaskId, outcome));
        private readonly bool isDescribed = request.Flow.Tasks.Any(task => task.Description is not null);

        public IReadOnlyList<ForeseenStep> After(IReadOnlyList<(TaskDefinition? Owner, IReadOnlyList<TaskDefinition> Later)> path) =>
            [.. path.Where(list => list.Owner is null or If or Switch or Sequential or AllowFailure or WorkingDirectory).SelectMany(list => list.Later).SelectMany(task => Of(task, false))];

        private IEnumerable<ForeseenStep> Of(TaskDefinition task, bool perhaps)
        {
            if (task.Disabled) return [];
            if (task.RunIf is { Length: > 0 } condition)
            {
                if (Holds(condition) is false) return [];
                perhaps |= Holds(condition) is null;
            }
            return task switch
            {
                If choice => Branch(task, Holds(choice.Condition.ToString()) switch { true => choice.Then, false => choice.Else, null => null }, perhaps),
                Switch choice => Branch(task, Said(choice.Value.ToString()) is { } value ? choice.Cases.GetValueOrDefault(value, choice.Defaults) : null, perhaps),
                _ => Self(task, perhaps),
            };
        }

        /// <summary>A branch that is taken is told by its own described tasks, else by the words of the choice. <paramref name="taken"/> null: nobody knows yet.</summary>
        private IEnumerable<ForeseenStep> Branch(TaskDefinition choice, IReadOnlyList<TaskDefinition>? taken, bool perhaps)
        {
            if (taken is null) return Self(choice, true);
            if (taken.Count == 0) return [];
            var inner = taken.Any(task => task.Description is not null) || !isDescribed ? taken.SelectMany(task => Of(task, perhaps)).ToList() : [];
            return inner.Count > 0 ? inner : Self(choice, perhaps);
        }

        private IEnumerable<ForeseenStep> Self(TaskDefinition task, bool perhaps) => isDescribed && task.Description is null ? [] : [new ForeseenStep(Title(request, task), perhaps)];

        private bool? Holds(string condition) => Said(condition) is { } said ? expressions.IsTruthy(said) : null;

        /// <summary>Null: it asks for outputs that are not there yet, or for something outside.</summary>
        private string? Said(string template)
        {
            if (expressions.OutsideFunctionsIn(template).Count > 0 || Outputs().Matches(template).Any(match => !IsKnown(match))) return null;
            try
            {
                return expressions.Render(template, scope);
            }
            catch (ExpressionException)
            {
                return null;
            }
        }

        private bool IsKnown(Match output) => output.Groups["task"].Value == wait.TaskId
            ? output.Groups["field"].Value == "outcome"
            : request.Execution.TaskRuns.Any(run => run.TaskId == output.Groups["task"].Value && run.State.Current.IsTerminal);

        private static OrderedDictionary<string, object?> With(IReadOnlyDictionary<string, object?> known, string task, string outcome)
        {
            var (roots, outputs) = (Data.Map(), Data.Map());
            foreach (var (name, value) in known) roots[name] = value;
            foreach (var (name, value) in roots.GetValueOrDefault("outputs") as IReadOnlyDictionary<string, object?> ?? Data.Map()) outputs[name] = value;
            outputs[task] = Data.Map(("outcome", outcome));
            roots["outputs"] = outputs;
            return roots;
        }
    }

    /// <summary>An output that an expression names; one that it names in another way (by a computed name) has no task here, so it is not known.</summary>
    [GeneratedRegex(@"\boutputs\b(?:(?:\.(?<task>[\w-]+)|\[\s*['""](?<task>[^'""]+)['""]\s*\])(?:\.(?<field>\w+))?)?")]
    private static partial Regex Outputs();
}
