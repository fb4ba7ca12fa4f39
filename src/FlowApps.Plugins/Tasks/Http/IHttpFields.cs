namespace FlowApps.Plugins.Tasks.Http;

/// <summary>What an HTTP task or trigger says about its request.</summary>
internal interface IHttpFields
{
    Property<string> Uri { get; }
    Property<string> Method { get; }
    Property<IReadOnlyDictionary<string, object?>>? Params { get; }
    Property<object>? Body { get; }
    Property<IReadOnlyDictionary<string, object?>>? FormData { get; }
    Property<string>? ContentType { get; }
    Property<IReadOnlyDictionary<string, string>>? Headers { get; }
    HttpOptions? Options { get; }
    SslOptions? SslOptions { get; }
}
