using FlowApps.Domain.Namespaces;

namespace FlowApps.Web.Namespaces;

/// <summary>A value as it was typed, shown again when it is refused.</summary>
public sealed record TypedValue(string Key, string Value, KvType Type, string Ttl);
