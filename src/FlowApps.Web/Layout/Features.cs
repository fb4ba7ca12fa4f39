using FlowApps.Web.Security;

namespace FlowApps.Web.Layout;

/// <summary>Finds the feature folders' endpoints, so that adding one touches no list.</summary>
public static class Features
{
    /// <summary>Pages' own endpoints: every unsafe one needs the antiforgery token.</summary>
    public static void MapFeatures(this WebApplication app)
    {
        var pages = app.MapGroup("").AddEndpointFilter<AntiforgeryFilter>().DisableAntiforgery();
        foreach (var feature in Made<IFeature>()) feature.Map(pages);
    }

    private static IEnumerable<T> Made<T>() => typeof(Features).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(T)))
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .Select(type => (T)Activator.CreateInstance(type)!);
}
