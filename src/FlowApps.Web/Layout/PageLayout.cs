using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;

namespace FlowApps.Web.Layout;

/// <summary>Which shell a page stands in: the one that its folder or the page itself names, else the developers' one.</summary>
public static class PageLayout
{
    public static Type Of(Type page) => page.GetCustomAttribute<LayoutAttribute>()?.LayoutType ?? typeof(DevShell);

    public static bool IsForPeople(Type? page) => page is not null && Of(page) != typeof(DevShell);

    public static Type? PageOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
}
