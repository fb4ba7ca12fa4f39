namespace FlowApps.Web.Layout;

/// <summary>Addresses with a query: what a page shows is in its address.</summary>
public static class Addresses
{
    /// <summary>Leaves out what is empty.</summary>
    public static string With(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var kept = new List<KeyValuePair<string, string?>>();
        foreach (var (name, value) in query)
            if (!string.IsNullOrWhiteSpace(value)) kept.Add(new(name, value));
        return path + QueryString.Create(kept);
    }
}
