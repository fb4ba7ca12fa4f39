using System.Reflection;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Web.Hubs;
using FlowApps.Web.Security;
using Microsoft.AspNetCore.SignalR;

namespace FlowApps.Web.Tests.Hubs;

public sealed class NewsHubTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private readonly Site site = shared.Site;

    [Fact]
    public void Every_method_of_a_hub_names_its_permission()
    {
        var methods = typeof(NewsHub).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Hub)))
            .SelectMany(hub => hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsVirtual);
        Assert.All(methods, method => Assert.NotNull(method.GetCustomAttribute<PermittedAttribute>()));
    }

    [Fact]
    public async Task A_developer_hears_which_execution_changed_and_nothing_of_others()
    {
        using var wire = await HubWire.OpenAsync(site, await site.SessionAsync("ines", "mast-2026"));
        Assert.Empty(await wire.WatchAsync("execution:one"));
        await site.News.Writer.WriteAsync(new ExecutionNews("other", 3, State.Running, new FlowId("shop", "orders")));
        await site.News.Writer.WriteAsync(new ExecutionNews("one", 7, State.Running, new FlowId("shop", "orders")));
        var news = await wire.NewsAsync();
        Assert.Equal("one", news.GetProperty("id").GetString());
        Assert.Equal(["kind", "id", "version"], news.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task A_requester_may_not_follow_what_is_not_theirs()
    {
        using var wire = await HubWire.OpenAsync(site, await site.SessionAsync("maya", "sail-2026"));
        Assert.Equal(["execution:one", "executions:all", "approvals:all", "flows:all", "nonsense"],
            await wire.WatchAsync("execution:one", "executions:all", "approvals:all", "flows:all", "nonsense"));
    }

    [Fact]
    public async Task Nobody_listens_without_signing_in() =>
        await Assert.ThrowsAnyAsync<Exception>(() => HubWire.OpenAsync(site, ""));

    [Fact]
    public async Task Lists_hear_of_a_burst_once_and_versions_grow()
    {
        using var wire = await HubWire.OpenAsync(site, await site.SessionAsync("ines", "mast-2026"));
        Assert.Empty(await wire.WatchAsync("executions:all"));
        for (var i = 0; i < 100; i++) await site.News.Writer.WriteAsync(new ExecutionNews($"e{i}", 1, State.Running, new FlowId("shop", "orders")));
        var first = await wire.NewsAsync();
        await site.News.Writer.WriteAsync(new ExecutionNews("late", 1, State.Running, new FlowId("shop", "orders")));
        var second = await wire.NewsAsync();
        Assert.True(second.GetProperty("version").GetInt64() > first.GetProperty("version").GetInt64());
    }
}
