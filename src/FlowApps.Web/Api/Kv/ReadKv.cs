using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Kv;

/// <summary>The keys of a namespace, and the value of one.</summary>
public sealed class ReadKv : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/namespaces/{namespace}/kv", ListAsync).RequirePermission(Permission.ReadNamespaces).WithName("listKeys");
        api.MapGet("/namespaces/{namespace}/kv/{key}", GetAsync).RequirePermission(Permission.ReadNamespaces).WithName("getKeyValue");
        api.MapGet("/namespaces/{namespace}/kv/inheritance", InheritedAsync).RequirePermission(Permission.ReadNamespaces).WithName("listKeysWithInheritance");
    }

    private static async Task<IResult> ListAsync(string @namespace, IKvStore store, CancellationToken cancellation) =>
        Answer.List(await store.ListAsync(@namespace, null, inherit: false, cancellation), KvJson.Write);

    private static async Task<IResult> InheritedAsync(string @namespace, IKvStore store, CancellationToken cancellation) =>
        Answer.List(await store.ListAsync(@namespace, null, inherit: true, cancellation), KvJson.Write);

    private static async Task<IResult> GetAsync(string @namespace, string key, IKvStore store, CancellationToken cancellation)
    {
        var entry = await store.FindAsync(@namespace, key, cancellation) ?? throw RefusedException.NotFound($"No value found for key '{key}' in namespace '{@namespace}'.");
        return new JsonAnswer(writer => KvJson.Write(writer, entry, value: true));
    }
}
