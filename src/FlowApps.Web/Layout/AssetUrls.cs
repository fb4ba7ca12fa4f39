using Microsoft.AspNetCore.Components;

namespace FlowApps.Web.Layout;

/// <summary>Addresses of static files with their fingerprint, which browsers keep for ever. An unknown file keeps its plain address.</summary>
public sealed class AssetUrls(EndpointDataSource endpoints)
{
    private readonly Lazy<ResourceAssetCollection> assets = new(() => endpoints.Endpoints
        .Select(endpoint => endpoint.Metadata.GetMetadata<ResourceAssetCollection>())
        .FirstOrDefault(found => found is not null) ?? ResourceAssetCollection.Empty);

    /// <param name="path">Below the web root, without a leading slash, such as <c>dist/app.css</c>.</param>
    public string this[string path] => "/" + assets.Value[path];

    /// <summary>The address of a file with the digest of its content in its name: <c>Digested("dist/inter", ".woff2")</c> finds <c>dist/inter-AB12CD34.woff2</c>; null when there is none.</summary>
    public string? Digested(string name, string extension)
    {
        var length = name.Length + 1 + DigestLength + extension.Length;
        return assets.Value
            .Select(asset => asset.Properties?.FirstOrDefault(property => property.Name == "label")?.Value ?? asset.Url)
            .Where(url => url.Length == length && url.StartsWith(name + "-", StringComparison.Ordinal) && url.EndsWith(extension, StringComparison.Ordinal))
            .Select(url => "/" + url)
            .FirstOrDefault();
    }

    /// <summary>Whether a file's name holds the digest of its content, so that it never changes.</summary>
    public static bool IsDigested(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name.Length > DigestLength + 1 && name[^(DigestLength + 1)] == '-' && name.AsSpan()[^DigestLength..].IndexOfAnyExcept(DigestLetters) < 0;
    }

    private const int DigestLength = 8;
    private static readonly System.Buffers.SearchValues<char> DigestLetters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
}
