using FlowApps.Domain.Triggers;
using FlowApps.Plugins.Tasks;
using FlowApps.Plugins.Tasks.Http;

namespace FlowApps.Plugins.Triggers.Http;

/// <summary>Asks a server again and again and starts an execution when its answer is as wanted.</summary>
[Plugin("core.http.Trigger", "io.kestra.plugin.fs.http.Trigger", Icon = "world-search")]
public sealed record HttpTrigger : PollingTrigger, IHttpFields
{
    /// <summary>The address, http or https.</summary>
    public required Property<string> Uri { get; init; }

    /// <summary>The method.</summary>
    public Property<string> Method { get; init; } = "GET";

    /// <summary>Parameters to add to the address.</summary>
    public Property<IReadOnlyDictionary<string, object?>>? Params { get; init; }

    /// <summary>The body: text, or data that is sent as JSON.</summary>
    public Property<object>? Body { get; init; }

    /// <summary>Form fields.</summary>
    public Property<IReadOnlyDictionary<string, object?>>? FormData { get; init; }

    /// <summary>The media type of the body.</summary>
    public Property<string>? ContentType { get; init; }

    /// <summary>Headers by name.</summary>
    public Property<IReadOnlyDictionary<string, string>>? Headers { get; init; }

    /// <summary>How the request is made.</summary>
    public HttpOptions? Options { get; init; }

    /// <summary>Which certificates are trusted.</summary>
    [Deprecated("options.ssl")]
    public SslOptions? SslOptions { get; init; }

    /// <summary>Whether the body is encrypted in the trigger's variables.</summary>
    public Property<bool> EncryptBody { get; init; } = new(false);

    /// <summary>When to start an execution; sees <c>response.statusCode</c>, <c>response.body</c> and <c>response.headers</c>.</summary>
    public Property<string> ResponseCondition { get; init; } = "{{ response.statusCode < 400 }}";

    public override async ValueTask<IReadOnlyDictionary<string, object?>?> EvaluateAsync(TaskContext context, CancellationToken cancellation)
    {
        using var exchange = await HttpExchange.SendAsync(this, context, cancellation);
        var (headers, body) = (exchange.Headers, await exchange.TextAsync(cancellation));
        var response = Data.Map(("statusCode", exchange.Code), ("body", body), ("headers", headers));
        if (!Truth.Of(context.Render(ResponseCondition, Data.Map(("response", response))))) return null;
        var variables = Data.Map(("code", exchange.Code), ("headers", headers), ("uri", exchange.Uri));
        if (context.Render(EncryptBody)) variables["encryptedBody"] = Request.Encrypted(context, body);
        else variables["body"] = body;
        return variables;
    }
}
