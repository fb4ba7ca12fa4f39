using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;

namespace FlowApps.Yaml.Binding;

/// <summary>Names that an exported text may carry because the server had set them; they are taken and ignored.</summary>
internal static class ServerFields
{
    public static bool IsOne(Type record, string name) =>
        record == typeof(Flow) && name is "revision" or "tenantId" or "deleted" or "source" or "updated" ||
        record == typeof(App) && name is "revision" or "tenantId" or "uid" or "created" or "updated";
}
