namespace FlowApps.Storage.Namespaces;

internal static class NamespacePath
{
    /// <summary>The namespace, its parent, the parent's parent and so on.</summary>
    public static IEnumerable<string> WithParents(string ns)
    {
        for (var name = ns; name.Length > 0; name = name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : "") yield return name;
    }
}
