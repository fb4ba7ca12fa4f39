using FlowApps.Plugins.Tasks.Http;

namespace FlowApps.Plugins.Tasks.Messages;

/// <summary>A message to a room of a chat tool, through the address that the tool gave for it.</summary>
public abstract record IncomingWebhookTask : RunnableTask, IValidated
{
    /// <summary>The address of the room's incoming webhook. It is a secret: whoever has it can write there.</summary>
    public required Property<string> Url { get; init; }

    /// <summary>The message as the tool takes it: JSON as text, or as a map, in which values cannot break the JSON.</summary>
    public Property<object>? Payload { get; init; }

    /// <summary>A plain message, in place of <c>payload</c>.</summary>
    public Property<string>? MessageText { get; init; }

    /// <summary>How the request is made.</summary>
    public HttpOptions? Options { get; init; }

    public IEnumerable<Domain.Problems.Problem> Validate()
    {
        if (Payload is null == MessageText is null) yield return new Domain.Problems.Problem("message_missing", "give either a payload or a messageText", "payload");
    }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        using var exchange = await HttpExchange.SendAsync(new Post(Url, Payload ?? new Property<object>(Plain(MessageText!.Raw)), Options), context, cancellation);
        await exchange.CheckAsync(allowFailed: false, cancellation);
        return TaskOutcome.Success();
    }

    /// <summary>A plain message in the tool's own shape. What is in it is rendered once, with the request.</summary>
    private protected abstract OrderedDictionary<string, object?> Plain(object? text);

    private sealed record Post(Property<string> Uri, Property<object>? Body, HttpOptions? Options) : IHttpFields
    {
        public Property<string> Method { get; } = "POST";
        public Property<IReadOnlyDictionary<string, object?>>? Params => null;
        public Property<IReadOnlyDictionary<string, object?>>? FormData => null;
        public Property<string>? ContentType { get; } = "application/json";
        public Property<IReadOnlyDictionary<string, string>>? Headers => null;
        public SslOptions? SslOptions => null;
    }
}
