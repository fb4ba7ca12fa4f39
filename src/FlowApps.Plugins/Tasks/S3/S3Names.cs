namespace FlowApps.Plugins.Tasks.S3;

/// <summary>Names out of keys.</summary>
internal static class S3Names
{
    private const string Fact = "x-amz-meta-";

    /// <summary>The last part of a key, which may be a folder's: a key is any text, so what no file can be called becomes '_'.</summary>
    public static string FileOf(string key)
    {
        var name = new string(key.TrimEnd('/').Split('/')[^1].Select(c => char.IsControl(c) || c is '\\' ? '_' : c).ToArray());
        return name is "" or "." or ".." || name.StartsWith(".~", StringComparison.Ordinal) ? "object" : name;
    }

    public static string FactOf(string header) => header.StartsWith(Fact, StringComparison.OrdinalIgnoreCase) ? header[Fact.Length..] : header;
}
