using System.Text.Json;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Values;
using FlowApps.Web.Security;

namespace FlowApps.Web.Apps.Drafts;

/// <summary>Keeps drafts on the server from the first pause in typing, so that another device, a closed browser or a deploy loses nothing.</summary>
public sealed class DraftDesk(IDocumentStore documents, Reader reader, TimeProvider clock)
{
    public const string Kind = "draft";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public async Task<Draft?> FindAsync(App app, CancellationToken cancellation) =>
        reader.IsSignedIn ? (await documents.LoadAsync<Draft>(Kind, Id(app), cancellation))?.Value : null;

    /// <summary>
    /// Null for somebody who is not signed in: nothing is kept for strangers. <paramref name="step"/> null leaves the draft at its step: a change that arrives late does not take the person back.
    /// </summary>
    public async Task<Draft?> SaveAsync(App app, IReadOnlyDictionary<string, object?> entries, IReadOnlyCollection<string> touched, string? step, CancellationToken cancellation)
    {
        if (!reader.IsSignedIn) return null;
        step ??= (await FindAsync(app, cancellation))?.Step;
        var draft = new Draft(app.Namespace, app.Id, app.Name(), entries, clock.GetUtcNow()) { Touched = [.. touched], Step = step, Flow = app.ChosenFlow };
        await documents.WriteAsync([new DocumentWrite(Kind, Id(app), JsonSerializer.Serialize(draft, Data.Json), Namespace: app.Namespace, Owner: reader.Name, ExpiresAt: draft.SavedAt + Kept)], cancellation);
        return draft;
    }

    public async Task DiscardAsync(App app, CancellationToken cancellation)
    {
        if (reader.IsSignedIn) await documents.WriteAsync([new DocumentWrite(Kind, Id(app), null)], cancellation);
    }

    /// <summary>The reader's drafts, newest first.</summary>
    public async Task<IReadOnlyList<Draft>> MineAsync(CancellationToken cancellation)
    {
        var page = await documents.QueryAsync<Draft>(Kind, new DocumentQuery(Owner: reader.Name), new PageRequest(1, 50), cancellation);
        return page.Results.Select(stored => stored.Value).OrderByDescending(draft => draft.SavedAt).ToList();
    }

    private string Id(App app) => $"{reader.Name}/{app.Namespace}/{app.Id}{(app.ChosenFlow is null ? "" : $"/{app.ChosenFlow}")}";
}
