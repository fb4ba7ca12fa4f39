using FlowApps.Domain.Apps;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Web.Layout;

namespace FlowApps.Web.Apps;

/// <summary>Pictures of a namespace that an app names: its thumbnail, its logo, its Image blocks. No other file of the namespace can be asked for.</summary>
public sealed class AppPictures(INamespaceFileStore files)
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
    };

    /// <summary>Where a page gets a picture: a namespace file by way of its app, anything else as it is.</summary>
    public static string Address(App app, string url) => PathOf(url) is { } path ? $"{Routes.To(Routes.App, app.Namespace, app.Id)}/picture/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}" : url;

    /// <summary>Errors: NotFound when the app does not name it, or there is none.</summary>
    public async Task<(Stream Content, string Kind)> OpenAsync(App app, string path, CancellationToken cancellation)
    {
        if (!Named(app).Contains(path, StringComparer.Ordinal) || Kinds.GetValueOrDefault(Path.GetExtension(path)) is not { } kind) throw RefusedException.NotFound("There is no such picture.");
        return (await files.OpenAsync(app.Namespace, "/" + path, null, cancellation), kind);
    }

    private static IEnumerable<string> Named(App app) =>
        app.Layout.SelectMany(section => section.Blocks).Flatten().OfType<ImageBlock>().Select(image => image.Url).Append(app.Thumbnail).Append(app.Branding.Logo).OfType<string>().Select(PathOf).OfType<string>();

    private static string? PathOf(string url) => new[] { "nsfile:///", "nsfiles:///" }.Where(scheme => url.StartsWith(scheme, StringComparison.Ordinal)).Select(scheme => url[scheme.Length..]).FirstOrDefault();
}
