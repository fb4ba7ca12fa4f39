namespace FlowApps.Plugins.Tasks.Http;

/// <summary>What all HTTP tasks have.</summary>
public abstract record HttpTask : RunnableTask, IHttpFields
{
    /// <summary>The address, http or https.</summary>
    public required Property<string> Uri { get; init; }

    /// <summary>The method.</summary>
    public Property<string> Method { get; init; } = "GET";

    /// <summary>Parameters to add to the address; a list gives the parameter several times.</summary>
    public Property<IReadOnlyDictionary<string, object?>>? Params { get; init; }

    /// <summary>The body: text, or data that is sent as JSON.</summary>
    public Property<object>? Body { get; init; }

    /// <summary>Form fields: text, a <c>kestra:///</c> URI for a file, or <c>{name, content}</c> for a file with that name.</summary>
    public Property<IReadOnlyDictionary<string, object?>>? FormData { get; init; }

    /// <summary>The media type of the body; multipart/form-data sends form fields in parts.</summary>
    public Property<string>? ContentType { get; init; }

    /// <summary>Headers by name.</summary>
    public Property<IReadOnlyDictionary<string, string>>? Headers { get; init; }

    /// <summary>How the request is made.</summary>
    public HttpOptions? Options { get; init; }

    /// <summary>Which certificates are trusted.</summary>
    [Deprecated("options.ssl")]
    public SslOptions? SslOptions { get; init; }

    /// <summary>Whether a status outside 200 to 299 is taken as an answer like any other.</summary>
    public Property<bool> AllowFailed { get; init; } = new(false);

    /// <summary>Sends and checks the status. Errors: <see cref="TaskFailedException"/> that says what the server answered.</summary>
    private protected async Task<HttpExchange> SendAsync(TaskContext context, CancellationToken cancellation)
    {
        var exchange = await HttpExchange.SendAsync(this, context, cancellation);
        try
        {
            await exchange.CheckAsync(context.Render(AllowFailed), cancellation);
            return exchange;
        }
        catch
        {
            exchange.Dispose();
            throw;
        }
    }
}
