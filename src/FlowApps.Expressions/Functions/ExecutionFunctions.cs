using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Functions;

/// <summary>Functions that find their way in the variables of an execution.</summary>
internal static class ExecutionFunctions
{
    public static IEnumerable<Function> All =>
    [
        new("currentEachOutput", "Of the outputs of a task in a loop, those of the current loop values.", ["outputs"], CurrentEachOutput,
            "{% set taskrun = {'value': 'b'} %}{{ currentEachOutput({'a': {'x': 1}, 'b': {'x': 2}}).x }}", "2"),
        new("iterationOutput", "The value that a task gave in another iteration of the loop; without arguments: this task in the one before.", ["taskId?", "iteration?"], IterationOutput,
            "{% set taskrun = {'iteration': 1} %}{% set outputs = {'t': {'a': {'value': 7}}} %}{{ iterationOutput('t', 0) }}", "7"),
        new("iterationOutputs", "The values that a task gave in the iterations of the loop so far.", ["taskId?"], IterationOutputs,
            "{% set outputs = {'t': {'a': {'value': 7}, 'b': {'value': 8}}} %}{{ iterationOutputs('t') }}", "[7,8]"),
        new("loopOutputs", "Of the outputs of a Loop, one output of every iteration, in order.", ["outputs", "name"], LoopOutputs,
            "{% set loop = [{'outputs': {'n': 1}}, {'outputs': {'n': 2}}] %}{{ loopOutputs(loop, 'n') }}", "[1,2]"),
        new("parentOutput", "The outputs of the parent task, or of the parent at an index from the outermost.", ["index?"], ParentOutput,
            "{% set parent = {'task': {'id': 'p'}} %}{% set outputs = {'p': {'x': 1}} %}{{ parentOutput().x }}", "1"),
        new("tasksWithState", "The tasks in a state.", ["state"], TasksWithState, "{% set tasks = {'a': {'state': 'FAILED'}} %}{{ tasksWithState('failed') }}", "[{\"taskId\":\"a\",\"state\":\"FAILED\"}]"),
        new("fileURI", "URI of a namespace file.", ["path", "namespace?", "version?"], FileUri, "{% set flow = {'namespace': 'company.team'} %}{{ fileURI('a.txt') }}", "kestra:///company/team/_files/a.txt"),
    ];

    private static object? CurrentEachOutput(Arguments arguments)
    {
        if (arguments.Required(0) is not IReadOnlyDictionary<string, object?> outputs) throw arguments.Expected(0, "a map");
        outputs = AtParents(outputs, arguments.Evaluation)
            ?? throw new ExpressionException("No execution outputs for the current task runs path");
        return Map(arguments.Evaluation, "taskrun") is { } taskrun && Value(taskrun) is { } value ? outputs.GetValueOrDefault(value) : null;
    }

    private static object? IterationOutput(Arguments arguments)
    {
        var evaluation = arguments.Evaluation;
        if (Map(evaluation, "taskrun")?.GetValueOrDefault("iteration") is not { } current)
            throw new ExpressionException("'iterationOutput()' function should be used inside iterative tasks only");
        var iteration = arguments.OptionalWhole(1) ?? Convert.ToInt64(current, System.Globalization.CultureInfo.InvariantCulture) - 1;
        if (iteration < 0) throw new ExpressionException($"Cannot fetch iteration {iteration}: no previous iteration exists.");
        if (OutputsOf(arguments, 0) is not { } outputs) return null;
        if (iteration >= outputs.Count) throw new ExpressionException($"The provided index ({iteration}) is out of range. It refers to an iteration whose outputs do not exist yet. Maximum valid index is {outputs.Count - 1}.");
        return (outputs.ElementAt((int)iteration).Value as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("value");
    }

    private static object? IterationOutputs(Arguments arguments) =>
        OutputsOf(arguments, 0)?.Values.Select(output => (output as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("value")).ToList();

    private static object? LoopOutputs(Arguments arguments)
    {
        if (arguments.Required(0) is not IReadOnlyList<object?> iterations) throw arguments.Expected(0, "a list");
        var name = arguments.Text(1);
        return iterations.Select(iteration => Inside(Inside(iteration, "outputs"), name)).ToList();

        static object? Inside(object? map, string key) => (map as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(key);
    }

    private static object? ParentOutput(Arguments arguments)
    {
        var evaluation = arguments.Evaluation;
        var parent = Map(evaluation, "parent");
        if (arguments.OptionalWhole(0) is { } index)
        {
            var parents = Parents(evaluation);
            if (index < 0 || index >= parents.Count) throw new ExpressionException($"Invalid index: {index} for parents size: {parents.Count}");
            parent = parents[(int)index];
        }
        if (parent is null || (parent.GetValueOrDefault("task") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("id") is not string id
            || Map(evaluation, "outputs")?.GetValueOrDefault(id) is not IReadOnlyDictionary<string, object?> outputs) return null;
        return parent.GetValueOrDefault("taskrun") is IReadOnlyDictionary<string, object?> taskrun && Value(taskrun) is { } value ? outputs.GetValueOrDefault(value) : outputs;
    }

    private static object? TasksWithState(Arguments arguments)
    {
        var wanted = arguments.Text(0);
        var found = new List<object?>();
        foreach (var (id, task) in Map(arguments.Evaluation, "tasks") ?? new OrderedDictionary<string, object?>())
            Collect(id, value: null, task as IReadOnlyDictionary<string, object?>);
        return found;

        void Collect(string id, string? value, IReadOnlyDictionary<string, object?>? task)
        {
            foreach (var (key, inner) in task ?? new OrderedDictionary<string, object?>())
            {
                if (key == "state" && inner is string state)
                {
                    if (!state.Equals(wanted, StringComparison.OrdinalIgnoreCase)) continue;
                    var entry = new OrderedDictionary<string, object?> { ["taskId"] = id, ["state"] = state.ToUpperInvariant() };
                    if (value is not null) entry["value"] = value;
                    found.Add(entry);
                }
                else if (value is null) Collect(id, key, inner as IReadOnlyDictionary<string, object?>);
            }
        }
    }

    private static object? FileUri(Arguments arguments)
    {
        var path = arguments.Text(0);
        var ns = arguments.OptionalText(1) ?? Map(arguments.Evaluation, "flow")?.GetValueOrDefault("namespace") as string
            ?? throw new ExpressionException("'fileURI' needs a flow: there is no flow.namespace here.");
        return NamespaceFiles.UriOf(ns, path);
    }

    private static IReadOnlyDictionary<string, object?>? OutputsOf(Arguments arguments, int index)
    {
        var evaluation = arguments.Evaluation;
        var id = arguments.OptionalText(index) ?? Map(evaluation, "task")?.GetValueOrDefault("id") as string;
        return id is not null && Map(evaluation, "outputs")?.GetValueOrDefault(id) is IReadOnlyDictionary<string, object?> outputs ? AtParents(outputs, evaluation) : null;
    }

    /// <summary>Descends by the loop values of the parents, outermost first; null when there is nothing there.</summary>
    private static IReadOnlyDictionary<string, object?>? AtParents(IReadOnlyDictionary<string, object?> outputs, Evaluation evaluation)
    {
        foreach (var parent in Parents(evaluation))
        {
            if (parent.GetValueOrDefault("taskrun") is not IReadOnlyDictionary<string, object?> taskrun || Value(taskrun) is not { } value) continue;
            if (outputs.GetValueOrDefault(value) is not IReadOnlyDictionary<string, object?> inner) return null;
            outputs = inner;
        }
        return outputs;
    }

    private static List<IReadOnlyDictionary<string, object?>> Parents(Evaluation evaluation) =>
        evaluation.Find("parents") is IReadOnlyList<object?> parents ? [.. parents.OfType<IReadOnlyDictionary<string, object?>>().Reverse()] : [];

    private static IReadOnlyDictionary<string, object?>? Map(Evaluation evaluation, string name) => evaluation.Find(name) as IReadOnlyDictionary<string, object?>;

    private static string? Value(IReadOnlyDictionary<string, object?> taskrun) => taskrun.GetValueOrDefault("value") switch
    {
        null => null,
        string text => text,
        var other => Numbers.JavaText.OfScalar(other),
    };
}
