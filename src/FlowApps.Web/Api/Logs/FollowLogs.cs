using FlowApps.Domain.Executions;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Security;
using FlowApps.Web.Api.Executions;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Logs;

/// <summary>The log of one execution, what is there and then what comes (server-sent events <c>progress</c>, at last <c>end</c>), until the execution has ended.</summary>
public sealed class FollowLogs : IApi
{
    public void Map(IEndpointRouteBuilder api) => api.MapGet("/logs/{executionId}/follow", HandleAsync).RequirePermission(Permission.ReadLogs).WithName("followLogsFromExecution");

    private static async Task HandleAsync(string executionId, string? minLevel, HttpContext http, ILogStore logs, IExecutions executions, CancellationToken cancellation)
    {
        var query = new LogQuery { ExecutionId = executionId, MinLevel = LogFilters.Level(minLevel) };
        await using var subscription = new Subscription<LogEntry>(stop => executions.WatchLogsAsync(executionId, stop), cancellation);
        var ended = await executions.FindAsync(executionId, cancellation) is null
            ? throw FoundExecution.Missing(executionId)
            : executions.WaitForEndAsync(executionId, cancellation);

        var events = new EventStream(http);
        await events.StartAsync();
        var sent = new HashSet<LogEntry>();
        await SendStoredAsync();
        while (!ended.IsCompleted)
        {
            var more = subscription.News.WaitToReadAsync(cancellation).AsTask();
            if (await events.WaitAsync(Task.WhenAny(more, ended)) == ended || !await more) break;
            while (subscription.News.TryRead(out var entry))
                if (!(entry.Level < query.MinLevel) && sent.Add(entry)) await SendAsync(entry);
        }
        await SendStoredAsync();
        await events.SendAsync("end", writer =>
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        });

        Task SendAsync(LogEntry entry) => events.SendAsync("progress", writer => LogJson.Write(writer, entry));

        async Task SendStoredAsync()
        {
            await foreach (var entry in logs.AllAsync(query, cancellation))
                if (sent.Add(entry)) await SendAsync(entry);
        }
    }
}
