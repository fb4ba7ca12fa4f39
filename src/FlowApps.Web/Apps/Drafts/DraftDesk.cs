using System.Text.Json;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Inputs;
using FlowApps.Web.Inputs.Uploads;
using FlowApps.Web.Security;

namespace FlowApps.Web.Apps.Drafts;

/// <summary>Keeps drafts on the server from the first pause in typing, so that another device, a closed browser or a deploy loses nothing.</summary>
public sealed class DraftDesk(IDocumentStore documents, UserDirectory users, UploadDesk uploads, Reader reader, TimeProvider clock)
{
    public const string Kind = "draft";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public async Task<Draft?> FindAsync(App app, CancellationToken cancellation) =>
        reader.IsSignedIn ? (await documents.LoadAsync<Draft>(Kind, Id(app), cancellation))?.Value : null;

    /// <summary>
    /// Null for somebody who is not signed in: nothing is kept for strangers. <paramref name="step"/> null leaves the draft at its step: a change that arrives late does not take the person back.
    /// </summary>
    public async Task<Draft?> SaveAsync(App app, IReadOnlyDictionary<string, object?> entries, IReadOnlyCollection<string> touched, string? step, CancellationToken cancellation, string? field = null)
    {
        if (!reader.IsSignedIn) return null;
        var before = await FindAsync(app, cancellation);
        step ??= before?.Step;
        var draft = new Draft(app.Namespace, app.Id, app.Name(), entries, clock.GetUtcNow()) { Touched = [.. touched], Step = step, Flow = app.ChosenFlow, Field = field ?? before?.Field, From = before?.From };
        await documents.WriteAsync([Write(app, reader.Name, draft)], cancellation);
        return draft;
    }

    /// <summary>
    /// Gives the draft and its files to a colleague (by user name or e-mail address) who may open the app. Errors: NotFound without a draft; Invalid for somebody who is not there or may
    /// not open it; Conflict when they have a draft of this app themselves.
    /// </summary>
    public async Task<User> HandOverAsync(App app, Domain.Flows.Flow flow, string to, CancellationToken cancellation)
    {
        var draft = await FindAsync(app, cancellation) ?? throw RefusedException.NotFound("There is no draft to hand over. Type something first.");
        var person = await users.FindByNameOrEmailAsync(to.Trim(), cancellation);
        if (person is null or { Disabled: true } || person.Name == reader.Name || !person.May(Permission.UseApps) || app.Access.Groups.Count > 0 && !app.Access.Groups.Intersect(person.Groups).Any())
            throw RefusedException.Invalid("hand_over", $"“{to.Trim()}” is nobody who could go on with this. Ask for their user name.");
        var given = draft with { From = reader.DisplayName, SavedAt = clock.GetUtcNow() };
        var theirs = Write(app, person.Name, given) with { ExpectedVersion = 0 };
        if (!await documents.WriteAsync([theirs, new DocumentWrite(Kind, Id(app), null)], cancellation))
            throw RefusedException.Conflict("hand_over", $"{person.DisplayName} has begun a draft of their own here. They have to send it or throw it away first.");
        foreach (var input in InputEntries.Flatten(flow.Inputs).Where(input => input.Type == Domain.Inputs.InputType.File))
            if (draft.Entries.GetValueOrDefault(input.Id) is string { Length: > 0 } upload) await uploads.GiveAsync(upload, reader.Name, person.Name, cancellation);
        return person;
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

    private static DocumentWrite Write(App app, string owner, Draft draft) =>
        new(Kind, Id(app, owner), JsonSerializer.Serialize(draft, Data.Json), Namespace: app.Namespace, Owner: owner, ExpiresAt: draft.SavedAt + Kept);

    private string Id(App app) => Id(app, reader.Name);

    private static string Id(App app, string owner) => $"{owner}/{app.Namespace}/{app.Id}{(app.ChosenFlow is null ? "" : $"/{app.ChosenFlow}")}";
}
