namespace FlowApps.Plugins.Tasks.Http;

/// <summary>Ways to sign in to a server.</summary>
public enum HttpAuthType { Basic, Bearer }
