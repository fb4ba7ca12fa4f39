using System.Text.Json;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Examples;

/// <summary>
/// What the people of a demo have already asked for, from each example's <c>requests.json</c>, so that the first pages have something to show. They are ordinary requests:
/// each is sent once, however often the demo starts.
/// </summary>
public sealed class ExampleRequests(IExecutions executions, ILogger<ExampleRequests> logger)
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web);

    private sealed record Request(string Namespace, string Flow, string? App, string By, Dictionary<string, JsonElement>? Inputs);

    /// <summary>Sends the requests of a file in its order.</summary>
    public async Task SendAsync(string file, CancellationToken cancellation)
    {
        var example = Path.GetFileName(Path.GetDirectoryName(file));
        await using var text = File.OpenRead(file);
        var requests = await JsonSerializer.DeserializeAsync<List<Request>>(text, Reading, cancellation) ?? [];
        for (var i = 0; i < requests.Count; i++)
        {
            try
            {
                await SendAsync(requests[i], $"example/{example}/{i}", cancellation);
            }
            catch (RefusedException refused)
            {
                logger.LogWarning("Request {Number} of the example {Example} was not sent: {Problems}", i + 1, example, refused.Message);
            }
        }
    }

    private Task<Execution> SendAsync(Request request, string key, CancellationToken cancellation) => executions.StartAsync(
        new StartExecution(new FlowId(request.Namespace, request.Flow), (request.Inputs ?? []).ToDictionary(input => input.Key, input => Plain(input.Value)))
        {
            By = request.By,
            SystemLabels = request.App is { } app ? [new Label("system.app", app)] : [],
            IdempotencyKey = key,
        }, cancellation);

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
