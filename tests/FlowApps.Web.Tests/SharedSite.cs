namespace FlowApps.Web.Tests;

/// <summary>One site for all tests of a class. Hashing the demo's passwords is slow by intent, so it is done once.</summary>
public sealed class SharedSite : IAsyncLifetime
{
    private Site? site;

    public Site Site => site ?? throw new InvalidOperationException("The site starts before the first test.");

    public async Task InitializeAsync() => site = await Site.StartAsync();

    public Task DisposeAsync() => site is null ? Task.CompletedTask : site.DisposeAsync().AsTask();
}
