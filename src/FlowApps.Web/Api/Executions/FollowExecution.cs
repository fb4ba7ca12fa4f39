using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>An execution as it changes (server-sent events <c>start</c>, <c>progress</c> …, <c>end</c>), until it has ended.</summary>
public sealed class FollowExecution : IApi
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/executions/{executionId}/follow", HandleAsync).RequirePermission(Permission.ReadExecutions).WithName("followExecution");

    private static async Task HandleAsync(string executionId, HttpContext http, IExecutions executions, CancellationToken cancellation)
    {
        await using var subscription = new Subscription<ExecutionNews>(stop => executions.WatchAsync(executionId, stop), cancellation);
        var (execution, version) = await executions.FindAsync(executionId, cancellation) ?? throw FoundExecution.Missing(executionId);

        var events = new EventStream(http);
        await events.StartAsync();
        await events.SendAsync("start", writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", executionId);
            writer.WriteEndObject();
        });
        while (!execution.State.Current.IsTerminal)
        {
            await events.SendAsync("progress", writer => ExecutionJson.Write(writer, execution));
            if (!await IsNewerAsync(version)) return;
            (execution, version) = await executions.FindAsync(executionId, cancellation) ?? throw FoundExecution.Missing(executionId);
        }
        await events.SendAsync("end", writer => ExecutionJson.Write(writer, execution));

        async Task<bool> IsNewerAsync(long seen)
        {
            while (await events.WaitAsync(subscription.News.WaitToReadAsync(cancellation).AsTask()))
            {
                var newest = seen;
                while (subscription.News.TryRead(out var news)) newest = Math.Max(newest, news.Version);
                if (newest > seen) return true;
            }
            return false;
        }
    }
}
