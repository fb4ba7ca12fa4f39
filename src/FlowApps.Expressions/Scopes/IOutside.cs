namespace FlowApps.Expressions;

/// <summary>
/// What functions need that look outside of the execution. An implementation throws <see cref="ExpressionException"/> with the message
/// that the author shall read; it also remembers secrets it hands out, so that logs can be masked.
/// </summary>
public interface IOutside
{
    /// <summary>Value of a secret, or of one key of it when the secret is a JSON object. Missing: <c>Cannot find secret for key 'x'.</c></summary>
    string Secret(string key, string? ns, string? subkey);

    /// <summary>Value of a key; null namespace means the flow's own, then its parents. Missing: null, or <c>The key 'k' does not exist in the namespace 'n'.</c></summary>
    object? Kv(string key, string? ns, bool errorOnMissing);

    /// <summary>Text of a namespace file or of a file of the current (or parent) execution.</summary>
    string Read(string pathOrUri, string? ns, int? version);

    /// <summary>Bytes of a file.</summary>
    long FileSize(string uri);

    bool FileExists(string uri);

    /// <summary>The ERROR logs of the current execution, oldest first.</summary>
    IReadOnlyList<object?> ErrorLogs();

    /// <summary>Makes one HTTP request; the answer is the parsed body.</summary>
    object? Http(IReadOnlyDictionary<string, object?> arguments);

    /// <summary>Link to an app of the current flow.</summary>
    string AppLink(IReadOnlyDictionary<string, object?> arguments);

    /// <summary>Runs a flow to its end: its id, state, outputs and labels.</summary>
    object? Subflow(IReadOnlyDictionary<string, object?> arguments);
}
