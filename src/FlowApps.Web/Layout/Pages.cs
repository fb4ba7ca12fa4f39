using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace FlowApps.Web.Layout;

/// <summary>The addresses at which this assembly has a page, so that a menu shows only what is there.</summary>
public static class Pages
{
    private static readonly FrozenSet<string> Routed = typeof(Pages).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes<RouteAttribute>(inherit: false))
        .Select(route => route.Template)
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool Exist(string route) => Routed.Contains(route);
}
