namespace FlowApps.Storage.Tests;

/// <summary>Tests that share one database; each uses names of its own.</summary>
[CollectionDefinition(Name)]
public sealed class StorageCollection : ICollectionFixture<StorageHost>
{
    public const string Name = "one database";
}
