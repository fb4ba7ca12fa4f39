using FlowApps.Domain.Approvals;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Web.Apps;
using FlowApps.Web.Inputs;
using FlowApps.Web.Layout;
using FlowApps.Web.Look;

namespace FlowApps.Web.Requests;

/// <summary>A request as people see it: an execution in the words of its app.</summary>
public sealed record RequestView(Execution Execution, long Version, App App, Flow Flow, IReadOnlyList<Wait> Waits)
{
    /// <summary>Display names of the people involved, by user name.</summary>
    public IReadOnlyDictionary<string, string> People { get; init; } = new Dictionary<string, string>();

    /// <summary>Who is in the groups that are asked, by group; <see cref="DecisionWords.Anyone"/> for everybody who decides.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Members { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Descriptions of tasks with their expressions rendered, by task id.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; init; } = new Dictionary<string, string>();

    public string Id => Execution.Id;

    /// <summary>Where its files are downloaded from; null: nowhere, they are only named.</summary>
    public string? Files { get; init; } = $"{Routes.To(Routes.Request, Execution.Id)}/file";

    public bool IsOver => Execution.State.Current.IsTerminal;

    public Wait? Open => Waits.FirstOrDefault(wait => wait.Decision is null);

    public IEnumerable<Wait> Decided => Waits.Where(wait => wait.Decision is not null);

    public string Headline => RequestRow.HeadlineOf(Execution.Inputs, App.Name());

    /// <summary>What to quote when asking: the result called "reference" when the author gave one, else the end of the id.</summary>
    public string Reference => Execution.Outputs?.GetValueOrDefault("reference") as string ?? ReferenceOfTask ?? Execution.Id[^6..].ToUpperInvariant();

    public IReadOnlyList<RequestAnswer> Answers => InputEntries.Flatten(Flow.Inputs)
        .Where(input => Find(Execution.Inputs, input.Id) is not null)
        .Select(input => new RequestAnswer(input.Id, Line(input.Title, Find(Execution.Inputs, input.Id), input.Type)))
        .ToList();

    public IReadOnlyList<RequestAnswer> Results => Flow.Outputs
        .Where(output => Execution.Outputs?.GetValueOrDefault(output.Id) is not null)
        .Select(output => new RequestAnswer(output.Id, Line(output.DisplayName ?? TaskWords.Of(output.Id), Execution.Outputs![output.Id], Enum.TryParse<InputType>(output.Type, true, out var type) ? type : null)))
        .ToList();

    /// <summary>A line of a list of answers; a file of this request becomes a link to it.</summary>
    public AnswerList.Answer Line(string label, object? value, InputType? type)
    {
        if (value is not string uri || FilePaths.FromUri(uri) is not { } path) return new AnswerList.Answer(label, AnswerText.Of(value, type));
        return new AnswerList.Answer(label, Path.GetFileName(path), Files is null ? null : $"{Files}?path={Uri.EscapeDataString(path)}");
    }

    /// <summary>What an answer is called; fields of a form step are <c>step.field</c>.</summary>
    public string LabelOf(string id) => InputEntries.Flatten(Flow.Inputs).FirstOrDefault(input => input.Id == id) is { DisplayName: { } name } ? name : TaskWords.Of(id.Split('.')[^1]);

    /// <summary>A value of an answer as people read it.</summary>
    public AnswerList.Answer Said(string id, object? value) => Line(LabelOf(id), value, InputEntries.Flatten(Flow.Inputs).FirstOrDefault(input => input.Id == id)?.Type);

    public string Who(string? user) => user is null ? "Somebody" : People.GetValueOrDefault(user, user);

    /// <summary>Who may decide, by name where they are few.</summary>
    public string Whom(Wait wait) => DecisionWords.Whom(wait, Who, MembersOf);

    /// <summary>Whom one stage asks, by name where they are few.</summary>
    public string Whom(Wait wait, ApprovalStage stage) => DecisionWords.Whom(wait, stage, Who, MembersOf);

    private IReadOnlyList<string> MembersOf(string group) => Members.GetValueOrDefault(group) ?? [];

    private string? ReferenceOfTask => Execution.TaskRuns.FirstOrDefault(run => run.TaskId == "reference")?.Outputs?.GetValueOrDefault("values") is IReadOnlyDictionary<string, object?> values
        ? values.Values.FirstOrDefault() as string
        : null;

    private static object? Find(IReadOnlyDictionary<string, object?> map, string id)
    {
        object? value = map;
        foreach (var part in id.Split('.')) value = (value as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(part);
        return value;
    }
}
