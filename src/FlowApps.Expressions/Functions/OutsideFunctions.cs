using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Numbers;

namespace FlowApps.Expressions.Functions;

/// <summary>Functions that look outside of the execution; they go through <see cref="IOutside"/>.</summary>
internal static class OutsideFunctions
{
    private static readonly string[] File = ["path", "namespace?", "version?"];
    private static readonly string[] Request = ["uri", "method?", "query?", "body?", "contentType?", "headers?", "options?", "accept?"];

    public static IEnumerable<Function> All =>
    [
        Outside("secret", "The value of a secret. It is masked in logs.", ["key", "namespace?", "subkey?"],
            (arguments, outside) => outside.Secret(arguments.Text(0), arguments.OptionalText(1), arguments.OptionalText(2)), "{{ secret('API_KEY') }}"),
        Outside("kv", "The value of a key in the key-value store.", ["key", "namespace?", "errorOnMissing?"],
            (arguments, outside) => outside.Kv(arguments.Text(0), arguments.OptionalText(1), arguments.Flag(2, true)), "{{ kv('my_key') }}"),
        Outside("read", "The text of a namespace file, or of a file of this execution.", File,
            (arguments, outside) => outside.Read(TextOf(arguments), arguments.OptionalText(1), (int?)arguments.OptionalWhole(2)), "{{ read('scripts/hello.sql') }}"),
        Outside("fileSize", "The size of a file in bytes.", File, (arguments, outside) => outside.FileSize(UriOf(arguments)), "{{ fileSize(outputs.download.uri) }}"),
        Outside("fileExists", "Whether a file exists.", File, (arguments, outside) => outside.FileExists(UriOf(arguments)), "{{ fileExists(outputs.download.uri) }}"),
        Outside("isFileEmpty", "Whether a file has no bytes.", File, (arguments, outside) => outside.FileSize(UriOf(arguments)) == 0, "{{ isFileEmpty(outputs.download.uri) }}"),
        Outside("errorLogs", "The ERROR logs of this execution.", [], (_, outside) => outside.ErrorLogs(), "{{ errorLogs() }}"),
        Outside("http", "The body of an HTTP answer.", Request, (arguments, outside) => outside.Http(arguments.ToMap()), "{{ http(uri='https://example.com/data.json') }}"),
        Outside("appLink", "Link to an app of this flow.", ["appId?", "baseUrl?"], (arguments, outside) => outside.AppLink(arguments.ToMap()), "{{ appLink() }}"),
        Outside("subflow", "Runs a flow, waits for its end and gives its id, state, outputs and labels. For inputs of flows and apps; a task runs another flow with Subflow.",
            ["namespace", "id", "inputs?", "revision?", "labels?", "timeout?"], (arguments, outside) => outside.Subflow(arguments.ToMap()), "{{ subflow(namespace='company', id='lookup').outputs.names }}"),
    ];

    private static Function Outside(string name, string does, string[] takes, OutsideBody look, string example) =>
        new(name, does, takes, arguments => Ask(name, arguments, look), example, null) { IsOutside = true };

    private static object? Ask(string name, Arguments arguments, OutsideBody look)
    {
        var outside = arguments.Evaluation.OutsideFor(name);
        try
        {
            return look(arguments, outside);
        }
        catch (Exception failure) when (failure is not (ExpressionException or OperationCanceledException))
        {
            throw new ExpressionException($"{name}(): {failure.Message}", failure);
        }
    }

    private static string TextOf(Arguments arguments) =>
        arguments.Required(0) is { } path ? JavaText.OfScalar(path) : throw arguments.Expected(0);

    /// <summary>A path in another namespace becomes the URI of its file; everything else goes out as it is.</summary>
    private static string UriOf(Arguments arguments)
    {
        var path = TextOf(arguments);
        return arguments.OptionalText(1) is { } ns && !path.Contains("://", StringComparison.Ordinal) ? NamespaceFiles.UriOf(ns, path) : path;
    }

    private delegate object? OutsideBody(Arguments arguments, IOutside outside);
}
