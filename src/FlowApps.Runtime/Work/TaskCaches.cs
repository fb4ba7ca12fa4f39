using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Work;

/// <summary>
/// Outputs of successful attempts of tasks with <c>taskCache</c>, by what the task was asked to do: its type, its rendered properties and its loop value. A later attempt that is asked the
/// same takes them and does nothing.
/// </summary>
internal sealed class TaskCaches(IDocumentStore documents, TimeProvider clock)
{
    private const string Kind = "task-cache";

    public async ValueTask<TaskOutcome> RunAsync(RunnableTask task, RunContext context, CancellationToken cancellation)
    {
        if (task.TaskCache is not { Enabled: true } cache) return await task.RunAsync(context, cancellation);
        var id = $"{context.Flow.Namespace}/{context.Flow.Id}/{task.Id}/{Fingerprint(task, context)}";
        if (await documents.LoadAsync<OrderedDictionary<string, object?>>(Kind, id, cancellation) is { } known && (cache.Ttl is null || clock.GetUtcNow() - known.UpdatedAt <= cache.Ttl))
        {
            context.Log(LogLevel.Info, $"The outputs of an identical run at {known.UpdatedAt:u} were taken.");
            return TaskOutcome.Success(known.Value);
        }
        var outcome = await task.RunAsync(context, cancellation);
        if (outcome.State == Domain.Executions.State.Success && outcome.Changes.Count == 0 && PlainOutputs.Problem(outcome.Outputs) is null)
            await documents.WriteAsync([new DocumentWrite(Kind, id, Data.Write(outcome.Outputs ?? Data.Map()), null, context.Flow.Namespace, ExpiresAt: clock.GetUtcNow() + cache.Ttl)], cancellation);
        return outcome;
    }

    private static string Fingerprint(RunnableTask task, RunContext context)
    {
        var asked = new StringBuilder(task.Type);
        if (context.Variables.GetValueOrDefault("taskrun") is IReadOnlyDictionary<string, object?> run) asked.Append('\n').Append(run.GetValueOrDefault("value"));
        foreach (var property in task.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.Name, StringComparer.Ordinal))
            if (property.GetValue(task) is IProperty dynamic) asked.Append('\n').Append(property.Name).Append('=').Append(Data.Write(dynamic.Raw is string text ? context.Render(text) : context.RenderDeep(dynamic.Raw)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked.ToString())).AsSpan(0, 16));
    }
}
