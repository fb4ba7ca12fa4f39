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
}
