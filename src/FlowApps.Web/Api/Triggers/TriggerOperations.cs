using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Triggers;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Triggers;

/// <summary>Unlocking, restarting, switching and backfills, of one trigger and of many.</summary>
public sealed class TriggerOperations : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        const string one = "/triggers/{namespace}/{flowId}/{triggerId}";
        Named(api, $"{one}/unlock", "unlockTrigger", (triggers, key, stop) => triggers.UnlockAsync(key, stop));
        Named(api, $"{one}/restart", "restartTrigger", (triggers, key, stop) => triggers.RestartAsync(key, stop));
        Many(api, "/triggers/unlock", "unlockTriggers", (triggers, key, stop) => triggers.UnlockAsync(key, stop));

        Sent(api, HttpMethods.Put, "/triggers/backfill/pause", "pauseBackfill", (triggers, key, stop) => PauseAsync(triggers, key, true, stop));
        Sent(api, HttpMethods.Put, "/triggers/backfill/unpause", "unpauseBackfill", (triggers, key, stop) => PauseAsync(triggers, key, false, stop));
        Sent(api, HttpMethods.Post, "/triggers/backfill/delete", "deleteBackfill", (triggers, key, stop) => triggers.EndBackfillAsync(key, stop));
        Many(api, "/triggers/backfill/pause", "pauseBackfills", (triggers, key, stop) => PauseAsync(triggers, key, true, stop));
        Many(api, "/triggers/backfill/unpause", "unpauseBackfills", (triggers, key, stop) => PauseAsync(triggers, key, false, stop));
        Many(api, "/triggers/backfill/delete", "deleteBackfills", (triggers, key, stop) => triggers.EndBackfillAsync(key, stop));

        api.MapPost("/triggers/set-disabled/by-triggers", async (HttpRequest request, ITriggers triggers, CancellationToken cancellation) =>
        {
            var wanted = await request.ReadJsonAsync<SetDisabled>();
            return await EachAsync((wanted.Triggers ?? []).OfType<SentTrigger>().Select(t => t.Key), key => triggers.SetDisabledAsync(key, wanted.Disabled, cancellation));
        }).RequirePermission(Permission.WriteTriggers).WithName("disabledTriggersByIds");
        api.MapPost("/triggers/set-disabled/by-query", async (HttpRequest request, bool disabled, ITriggers triggers, ITriggerStore store, CancellationToken cancellation) =>
            await EachAsync(await FoundAsync(request, store, cancellation), key => triggers.SetDisabledAsync(key, disabled, cancellation))).RequirePermission(Permission.WriteTriggers).WithName("disabledTriggersByQuery");
    }

    /// <summary>A backfill that has ended meanwhile is left as it is.</summary>
    private static async Task<TriggerState> PauseAsync(ITriggers triggers, TriggerKey key, bool paused, CancellationToken cancellation)
    {
        try
        {
            return await triggers.PauseBackfillAsync(key, paused, cancellation);
        }
        catch (RefusedException refused) when (refused.Problems is [{ Code: "no_backfill" }])
        {
            return await triggers.EndBackfillAsync(key, cancellation);
        }
    }

    private static void Named(IEndpointRouteBuilder api, string path, string name, Func<ITriggers, TriggerKey, CancellationToken, Task<TriggerState>> actAsync) =>
        api.MapPost(path, async (string @namespace, string flowId, string triggerId, ITriggers triggers, CancellationToken cancellation) =>
            TriggerJson.Answer(await actAsync(triggers, new TriggerKey(@namespace, flowId, triggerId), cancellation))).RequirePermission(Permission.WriteTriggers).WithName(name);

    private static void Sent(IEndpointRouteBuilder api, string method, string path, string name, Func<ITriggers, TriggerKey, CancellationToken, Task<TriggerState>> actAsync) =>
        api.MapMethods(path, [method], async (HttpRequest request, ITriggers triggers, CancellationToken cancellation) =>
            TriggerJson.Answer(await actAsync(triggers, (await request.ReadJsonAsync<SentTrigger>()).Key, cancellation))).RequirePermission(Permission.WriteTriggers).WithName(name);

    private static void Many(IEndpointRouteBuilder api, string path, string name, Func<ITriggers, TriggerKey, CancellationToken, Task<TriggerState>> actAsync)
    {
        api.MapPost($"{path}/by-triggers", async (HttpRequest request, ITriggers triggers, CancellationToken cancellation) =>
            await EachAsync((await request.ReadJsonAsync<List<SentTrigger>>()).Select(t => t.Key), key => actAsync(triggers, key, cancellation))).RequirePermission(Permission.WriteTriggers).WithName($"{name}ByIds");
        api.MapPost($"{path}/by-query", async (HttpRequest request, ITriggers triggers, ITriggerStore store, CancellationToken cancellation) =>
            await EachAsync(await FoundAsync(request, store, cancellation), key => actAsync(triggers, key, cancellation))).RequirePermission(Permission.WriteTriggers).WithName($"{name}ByQuery");
    }

    private static async Task<IEnumerable<TriggerKey>> FoundAsync(HttpRequest request, ITriggerStore store, CancellationToken cancellation) =>
        (await store.SearchAsync(SearchTriggers.Query(await SearchFilters.WithBodyAsync(request)), new(1, 1000), cancellation)).Results.Select(state => state.Key);

    private static async Task<IResult> EachAsync(IEnumerable<TriggerKey> keys, Func<TriggerKey, Task<TriggerState>> actAsync)
    {
        var count = 0;
        foreach (var key in keys.Distinct())
        {
            await actAsync(key);
            count++;
        }
        return Answer.Count(count);
    }

    public sealed record SetDisabled(List<SentTrigger?>? Triggers, bool Disabled);
}
