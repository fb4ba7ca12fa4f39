using FlowApps.Domain.Apps;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Api.Apps;

/// <summary>An app's uid in a path, <c>namespace:id</c>.</summary>
public readonly record struct AppName(string Namespace, string Id)
{
    /// <summary>Errors: NotFound when it is no uid.</summary>
    public static AppName Read(string uid) => uid.Split(':') is [{ Length: > 0 } ns, { Length: > 0 } id] ? new AppName(ns, id) : throw Missing(uid);

    public async Task<AppRevision> SourceAsync(IApps apps, CancellationToken cancellation) =>
        await apps.SourceAsync(Namespace, Id, null, cancellation) ?? throw Missing(AppJson.Uid(Namespace, Id));

    private static RefusedException Missing(string uid) => RefusedException.NotFound($"There is no app '{uid}'. The uid of an app is namespace:id.");
}
