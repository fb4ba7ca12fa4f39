using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Testing.Tasks;

namespace FlowApps.Engine.Tests.Conformance;

/// <summary>Runs the real tasks that touch nothing outside.</summary>
internal static class RealWorker
{
    public static TaskOutcome Run(TaskDefinition task, TaskRun run, int attempt, IReadOnlyDictionary<string, object?> variables)
    {
        using var context = new TaskContextFake([.. variables.Select(v => (v.Key, v.Value))]) { Flow = new FlowId("io.kestra.tests", "flow"), FlowRevision = 1, ExecutionId = "execution1", TaskRunId = run.Id, TaskId = run.TaskId, Attempt = attempt, IdempotencyKey = "key", Variables = variables, Clock = TimeProvider.System };
        try
        {
            return ((RunnableTask)task).RunAsync(context, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
        catch (TaskFailedException e)
        {
            return TaskOutcome.Failed(e.Message, e.Outputs);
        }
        catch (Exception e) when (e is Expressions.ExpressionException or FormatException)
        {
            return TaskOutcome.Failed(e.Message);
        }
    }
}
