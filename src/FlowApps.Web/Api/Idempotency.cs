using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Api;

/// <summary>
/// Answers a repeated unsafe request (same <c>Idempotency-Key</c>, same address) with the first answer. What starts or decides an execution also hands the key to the
/// runtime, where key and effect are one commit; this filter makes the answers of everything else repeatable.
/// </summary>
public sealed class Idempotency(IDocumentStore documents, TimeProvider clock) : IEndpointFilter
{
    private const string Kind = "api-answer";
    private const int LargestAnswer = 1024 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = http.Request.Headers[ApiCall.KeyHeader].ToString();
        if (key.Length == 0 || http.GetEndpoint()?.Metadata.GetMetadata<OwnKeys>() is not null || HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) return await next(context);
        if (key.Length > 255) throw RefusedException.Invalid("idempotency_key", "An Idempotency-Key has at most 255 characters.");

        var request = $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}";
        // Strangers share no keys: theirs count for one address only.
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{http.User.Identity?.Name ?? request}\n{key}")));
        if (await documents.LoadAsync<KeptAnswer>(Kind, id, http.RequestAborted) is { } kept) return Repeat(kept.Value, request);

        var result = await next(context);
        return result is IResult answer ? new Keeping(answer, (made, ended) => KeepAsync(id, made with { Request = request }, ended)) : result;
    }

    private static IResult Repeat(KeptAnswer kept, string request) => kept.Request == request
        ? new Repeated(kept)
        : throw RefusedException.Invalid("idempotency_key", "This Idempotency-Key was used for another request. Use a new one.");

    private Task KeepAsync(string id, KeptAnswer answer, CancellationToken cancellation) =>
        documents.WriteAsync([new DocumentWrite(Kind, id, JsonSerializer.Serialize(answer, Data.Json), ExpiresAt: clock.GetUtcNow() + Kept)], cancellation);

    /// <summary>On an endpoint that looks at keys itself, because who asks has to be looked at before every answer.</summary>
    public sealed record OwnKeys;

    private sealed record KeptAnswer(string Request, int Status, string? ContentType, string Body);

    /// <summary>Runs the answer into memory, keeps it when it is a success, then sends it.</summary>
    private sealed class Keeping(IResult answer, Func<KeptAnswer, CancellationToken, Task> keep) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var wire = httpContext.Response.Body;
            using var memory = new MemoryStream();
            httpContext.Response.Body = memory;
            try
            {
                await answer.ExecuteAsync(httpContext);
                await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
            }
            finally
            {
                httpContext.Response.Body = wire;
            }
            var response = httpContext.Response;
            if (response.StatusCode < StatusCodes.Status400BadRequest && memory.Length <= LargestAnswer)
                await keep(new KeptAnswer("", response.StatusCode, response.ContentType, Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length)), CancellationToken.None);
            memory.Position = 0;
            await memory.CopyToAsync(wire, httpContext.RequestAborted);
        }
    }

    private sealed class Repeated(KeptAnswer kept) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = kept.Status;
            httpContext.Response.ContentType = kept.ContentType;
            httpContext.Response.Headers["Idempotency-Replayed"] = "true";
            return kept.Body.Length == 0 ? Task.CompletedTask : httpContext.Response.WriteAsync(kept.Body, httpContext.RequestAborted);
        }
    }
}
