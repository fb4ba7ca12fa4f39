using FlowApps.Web.Security;

namespace FlowApps.Web.Layout;

/// <summary>Finds the feature folders' services and endpoints, so that adding one touches no list.</summary>
public static class Features
{
    private static readonly IReadOnlyList<IFeature> All = typeof(Features).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IFeature)))
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .Select(type => (IFeature)Activator.CreateInstance(type)!)
        .ToList();

    public static void AddFeatures(this IServiceCollection services)
    {
        foreach (var feature in All) feature.AddServices(services);
    }

    /// <summary>Every unsafe endpoint of a page needs the antiforgery token.</summary>
    public static void MapFeatures(this WebApplication app)
    {
        var pages = app.MapGroup("").AddEndpointFilter<AntiforgeryFilter>().DisableAntiforgery();
        foreach (var feature in All) feature.Map(pages);
    }
}
