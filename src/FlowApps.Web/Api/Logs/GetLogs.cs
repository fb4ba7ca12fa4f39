using System.Globalization;
using System.Text;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;
using Microsoft.Net.Http.Headers;

namespace FlowApps.Web.Api.Logs;

/// <summary>The log of one execution, as JSON or as a text file. It stays readable when the execution was deleted without its log.</summary>
public sealed class GetLogs : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/logs/{executionId}", HandleAsync).RequirePermission(Permission.ReadLogs).WithName("listLogsFromExecution");
        api.MapGet("/logs/{executionId}/download", DownloadAsync).RequirePermission(Permission.ReadLogs).WithName("downloadLogsFromExecution");
    }

    private static async Task<IResult> HandleAsync(string executionId, HttpRequest request, ILogStore logs, CancellationToken cancellation)
    {
        var entries = new List<LogEntry>();
        await foreach (var entry in logs.AllAsync(LogFilters.OfExecution(executionId, request), cancellation)) entries.Add(entry);
        return Answer.List(entries, LogJson.Write);
    }

    private static async Task DownloadAsync(string executionId, HttpContext http, ILogStore logs, CancellationToken cancellation)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{executionId}.log");
        http.Response.Headers.ContentDisposition = disposition.ToString();
        await foreach (var entry in logs.AllAsync(LogFilters.OfExecution(executionId, http.Request), cancellation))
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{entry.Timestamp.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {entry.Level.ToString().ToUpperInvariant(),-5} {entry.TaskId ?? entry.TriggerId} {entry.Message}\n");
            await http.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(line), cancellation);
        }
    }
}
