using System.Net;
using System.Net.ServerSentEvents;
using FlowApps.Domain.Http;
using FlowApps.Domain.Triggers;
using FlowApps.Plugins.Tasks.Http;

namespace FlowApps.Plugins.Triggers.Http;

/// <summary>
/// Listens to a stream of server-sent events (WHATWG HTML, section 9.2) and starts an execution for each (<c>trigger.id</c>, <c>trigger.event</c>, <c>trigger.data</c>). The id of
/// the last event is stored with its execution and sent as Last-Event-ID when the stream is opened again, also after a restart, so that a server that keeps its events
/// sends what was missed.
/// </summary>
[Plugin("http.ServerSentEvents", Icon = "broadcast")]
public sealed record ServerSentEvents : RealtimeTrigger, IHttpFields
{
    private const string LastId = "lastEventId";
    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(3), MaxPause = TimeSpan.FromMinutes(5), DefaultSilence = TimeSpan.FromMinutes(5);

    /// <summary>The address, http or https.</summary>
    public required Property<string> Uri { get; init; }

    /// <summary>Parameters to add to the address.</summary>
    public Property<IReadOnlyDictionary<string, object?>>? Params { get; init; }

    /// <summary>Headers by name.</summary>
    public Property<IReadOnlyDictionary<string, string>>? Headers { get; init; }

    /// <summary>How the request is made; when nothing comes for <c>timeout.readIdleTimeout</c> (5 minutes) the stream is opened again.</summary>
    public HttpOptions? Options { get; init; }

    /// <summary>Only events with one of these names; all when absent.</summary>
    public Property<IReadOnlyList<string>>? Events { get; init; }

    Property<string> IHttpFields.Method => "GET";
    Property<object>? IHttpFields.Body => null;
    Property<IReadOnlyDictionary<string, object?>>? IHttpFields.FormData => null;
    Property<string>? IHttpFields.ContentType => null;
    SslOptions? IHttpFields.SslOptions => null;

    public override async Task ListenAsync(TaskContext context, Func<TriggerEvent, CancellationToken, Task> emit, CancellationToken cancellation)
    {
        var wanted = context.Render(Events);
        var pause = DefaultPause;
        while (true)
        {
            using var response = await OpenAsync(context, cancellation);
            if (response is null)
            {
                context.Log(Domain.Logs.LogLevel.Info, "The server says that there is nothing more; restart the trigger to ask again.");
                await Task.Delay(Timeout.InfiniteTimeSpan, context.Clock, cancellation);
            }
            await using var stream = new PatientStream(await response!.Content.ReadAsStreamAsync(cancellation), Silence(context), context.Render(Options?.MaxContentLength, 10L * 1024 * 1024));
            var parser = SseParser.Create(stream);
            try
            {
                await foreach (var item in parser.EnumerateAsync(cancellation))
                {
                    stream.Satisfied();
                    if (wanted is null || wanted.Contains(item.EventType)) await EmitAsync(context, item, emit, cancellation);
                }
            }
            catch (Exception e) when (e is IOException or TimeoutException && !cancellation.IsCancellationRequested)
            {
                context.Log(Domain.Logs.LogLevel.Debug, $"The stream broke: {e.Message}");
            }
            if (parser.ReconnectionInterval > TimeSpan.Zero) pause = parser.ReconnectionInterval < MaxPause ? parser.ReconnectionInterval : MaxPause;
            await Task.Delay(pause, context.Clock, cancellation);
        }
    }

    private static Task EmitAsync(TaskContext context, SseItem<string> item, Func<TriggerEvent, CancellationToken, Task> emit, CancellationToken cancellation)
    {
        if (item.EventId is { Length: > 0 } id) context.Memory.Keep(Data.Map((LastId, id)));
        return emit(new TriggerEvent(Data.Map(("id", item.EventId), ("event", item.EventType), ("data", item.Data))), cancellation);
    }

    /// <summary>Null when the server wants nobody to come again (204). Errors: <see cref="TaskFailedException"/> for any other answer that is no stream.</summary>
    private async Task<HttpResponseMessage?> OpenAsync(TaskContext context, CancellationToken cancellation)
    {
        using var request = await HttpRequests.BuildAsync(this, context, cancellation);
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.CacheControl = new() { NoStore = true };
        if (context.Memory.Value.GetValueOrDefault(LastId) is string last) request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
        HttpResponseMessage response;
        try
        {
            response = await context.Port<IHttp>().SendAsync(request, HttpRequests.Settings(this, context), cancellation);
        }
        catch (HttpRequestException e)
        {
            throw new TaskFailedException($"{request.RequestUri} cannot be listened to: {e.Message}", null, e);
        }
        if (response.StatusCode is HttpStatusCode.OK && response.Content.Headers.ContentType?.MediaType is "text/event-stream") return response;
        using (response)
            return response.StatusCode is HttpStatusCode.NoContent ? null : throw new TaskFailedException(
                $"{request.RequestUri} answered {(int)response.StatusCode} with {response.Content.Headers.ContentType?.MediaType ?? "nothing"}, not a stream of events.");
    }

    private TimeSpan Silence(TaskContext context) => context.Render(Options?.Timeout?.ReadIdleTimeout ?? Options?.ReadIdleTimeout, DefaultSilence);
}
