namespace FlowApps.Expressions.Functions;

/// <summary>Where the files of a namespace are.</summary>
internal static class NamespaceFiles
{
    /// <summary><c>kestra:///company/team/_files/a.txt</c>. Errors: a path that leads out of the namespace.</summary>
    public static string UriOf(string ns, string path) => path.Contains("../", StringComparison.Ordinal)
        ? throw new ExpressionException("Path must not contain '../'")
        : $"kestra:///{ns.Replace('.', '/')}/_files/{path.TrimStart('/')}";
}
