using FlowApps.Domain.Namespaces;

namespace FlowApps.Plugins.Tasks.Http;

/// <summary>Makes an HTTP request and gives out the answer.</summary>
[Plugin("core.http.Request", "io.kestra.plugin.fs.http.Request", Icon = "world")]
public sealed record Request : HttpTask
{
    /// <summary>Whether the body of the answer is encrypted in the outputs.</summary>
    public Property<bool> EncryptBody { get; init; } = new(false);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        using var exchange = await SendAsync(context, cancellation);
        var outputs = Data.Map(("code", exchange.Code), ("headers", exchange.Headers), ("uri", exchange.Uri));
        var body = await exchange.TextAsync(cancellation);
        if (context.Render(EncryptBody)) outputs["encryptedBody"] = Encrypted(context, body);
        else outputs["body"] = body;
        return TaskOutcome.Success(outputs);
    }

    /// <summary>The form in which encrypted outputs are kept (kestra-semantics 12.5).</summary>
    internal static object Encrypted(TaskContext context, string text) =>
        Data.Map(("type", "io.kestra.datatype:aes_encrypted"), ("value", context.Port<ICipher>().Encrypt(text)));
}
