namespace FlowApps.Runtime.Tests;

/// <summary>One running runtime for all tests that do not restart it.</summary>
public sealed class RuntimeFixture : IAsyncLifetime
{
    private readonly string data = DataFolder.New();

    internal RuntimeHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await RuntimeHost.StartAsync(data);

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        DataFolder.Remove(data);
    }
}

[CollectionDefinition(Name)]
public sealed class SharedRuntime : ICollectionFixture<RuntimeFixture>
{
    public const string Name = "one runtime";
}
