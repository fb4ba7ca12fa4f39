namespace FlowApps.Plugins.Tasks.Http;

/// <summary>Kinds of proxies; DIRECT means none.</summary>
public enum ProxyType { Direct, Http, Socks }
