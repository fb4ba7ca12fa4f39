using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Expressions;
using Microsoft.Extensions.DependencyInjection;

namespace FlowApps.Runtime.Outside;

/// <summary>The expression function <c>subflow(namespace, id, inputs, revision, labels, timeout)</c>: starts an execution for the choices of a form and waits for its end.</summary>
internal sealed class SubflowCalls(IServiceProvider ports)
{
    private const int Deepest = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Inputs are resolved on the thread that asks, so flows whose inputs call each other meet here again.</summary>
    [ThreadStatic]
    private static int depth;

    /// <summary>Errors: <see cref="ExpressionException"/> for an unknown flow, wrong inputs, an execution that does not end in time.</summary>
    public object? Call(IReadOnlyDictionary<string, object?> arguments)
    {
        if (depth >= Deepest) throw new ExpressionException($"subflow() calls itself: the inputs of more than {Deepest} flows run each other.");
        depth++;
        try
        {
            return CallAsync(arguments).GetAwaiter().GetResult();
        }
        catch (RefusedException e)
        {
            throw new ExpressionException(string.Join(" ", e.Problems.Select(problem => problem.Message)), e);
        }
        finally
        {
            depth--;
        }
    }

    private async Task<OrderedDictionary<string, object?>> CallAsync(IReadOnlyDictionary<string, object?> arguments)
    {
        var flow = new FlowId(Text(arguments, "namespace") ?? throw new ExpressionException("subflow() needs a namespace."), Text(arguments, "id") ?? throw new ExpressionException("subflow() needs the id of a flow."));
        var patience = Text(arguments, "timeout") is { } limit ? Duration.Parse(limit) : Patience;
        using var timeout = new CancellationTokenSource(patience < Patience ? patience : Patience);
        var executions = ports.GetRequiredService<IExecutions>();
        var started = await executions.StartAsync(new StartExecution(flow, Map(arguments, "inputs"))
        {
            Revision = Text(arguments, "revision") is { } revision ? int.Parse(revision, System.Globalization.CultureInfo.InvariantCulture) : null,
            Labels = [.. Map(arguments, "labels").Select(label => new Label(label.Key, label.Value?.ToString()))],
            SystemLabels = [new Label("system.from", "function")],
        }, timeout.Token);
        try
        {
            var ended = await executions.WaitForEndAsync(started.Id, timeout.Token);
            var labels = Data.Map();
            foreach (var label in ended.Labels) labels[label.Key] = label.Value;
            return Data.Map(("id", ended.Id), ("state", ended.State.Current.Word), ("outputs", ended.Outputs ?? Data.Map()), ("labels", labels));
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            throw new ExpressionException($"The flow {flow} has not ended in time (execution {started.Id}).", e);
        }
    }

    private static string? Text(IReadOnlyDictionary<string, object?> arguments, string name) => arguments.GetValueOrDefault(name)?.ToString();

    private static IReadOnlyDictionary<string, object?> Map(IReadOnlyDictionary<string, object?> arguments, string name) => arguments.GetValueOrDefault(name) as IReadOnlyDictionary<string, object?> ?? Data.Map();
}
