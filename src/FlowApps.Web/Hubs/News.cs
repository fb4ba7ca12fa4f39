namespace FlowApps.Web.Hubs;

/// <summary>What the hub says: which thing changed and its version, which grows.</summary>
public sealed record News(string Kind, string Id, long Version);
