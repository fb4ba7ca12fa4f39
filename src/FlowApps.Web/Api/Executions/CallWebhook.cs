using System.Text.Json;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>The address of a webhook trigger. Open to everybody: the key in it is the secret.</summary>
public sealed class CallWebhook : IApi
{
    private const int LargestBody = 4 * 1024 * 1024;

    public void Map(IEndpointRouteBuilder api) => api
        .MapMethods("/executions/webhook/{namespace}/{id}/{key}", [HttpMethods.Post, HttpMethods.Get, HttpMethods.Put], HandleAsync)
        .AllowEverybody().WithMetadata(new Idempotency.OwnKeys()).WithName("triggerExecutionByWebhook");

    private static async Task<IResult> HandleAsync(
        string @namespace, string id, string key, HttpRequest request, ApiCall call, IWebhooks webhooks, IExecutions executions, CancellationToken cancellation)
    {
        var raw = await request.ReadBytesAsync(LargestBody);
        var answer = await webhooks.CallAsync(new WebhookCall(new FlowId(@namespace, id), key, request.Method, Body(RequestBody.Text(raw.Span)), Lists(request.Headers), Lists(request.Query))
        { Raw = raw, IdempotencyKey = call.IdempotencyKey is { } sent ? $"{@namespace}/{id}/{key}{sent}" : null }, cancellation);
        if (answer.Execution is not { } execution) return Results.NoContent();
        if (answer.Wait || answer.ReturnOutputs) execution = await executions.WaitForEndAsync(execution.Id, cancellation);
        if (!answer.ReturnOutputs) return ExecutionJson.Answer(answer.Wait ? execution : AsAccepted.Created(execution));
        return answer.ContentType is { } type && execution.Outputs is { Count: 1 } outputs && outputs.Values.First() is string only
            ? Results.Text(only, type)
            : new JsonAnswer(writer => writer.WriteData(execution.Outputs ?? Data.Map()));
    }

    /// <summary>A JSON map or list as data, anything else as text.</summary>
    private static object? Body(string text)
    {
        if (text.Length == 0) return null;
        if (text.AsSpan().TrimStart() is ['{' or '[', ..])
        {
            try
            {
                return Data.Parse(text);
            }
            catch (JsonException)
            {
                return text;
            }
        }
        return text;
    }

    private static OrderedDictionary<string, object?> Lists(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> values)
    {
        var map = Data.Map();
        foreach (var (name, list) in values) map[name] = list.Select(value => (object?)value).ToList();
        return map;
    }
}
