using System.Reflection;
using FlowApps.Web.Hubs;
using FlowApps.Web.Security;
using Microsoft.AspNetCore.SignalR;

namespace FlowApps.Web.Tests.Hubs;

public sealed class NewsHubTests
{
    [Fact]
    public void Every_method_of_a_hub_names_its_permission()
    {
        var methods = typeof(NewsHub).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Hub)))
            .SelectMany(hub => hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsVirtual);
        Assert.All(methods, method => Assert.NotNull(method.GetCustomAttribute<PermittedAttribute>()));
    }
}
