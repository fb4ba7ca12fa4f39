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

    private static readonly TimeSpan SentKept = TimeSpan.FromDays(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private const int MostEarlier = 10;

    /// <summary>What was saved last; one that is sent has no answers any more. Null for somebody who is not signed in.</summary>
    public async Task<Draft?> LastAsync(App app, CancellationToken cancellation) => reader.IsSignedIn ? (await StoredAsync(Id(app), cancellation))?.Value : null;

    public async Task<Draft?> FindAsync(App app, CancellationToken cancellation) => await LastAsync(app, cancellation) is { IsSent: false } draft ? draft : null;

    /// <summary>The draft as it is kept then. Null for somebody who is not signed in, for whom nothing is kept, and for a page that was sent already.</summary>
    public async Task<Draft?> SaveAsync(App app, DraftChange change, CancellationToken cancellation)
    {
        if (!reader.IsSignedIn) return null;
        while (true)
        {
            var stored = await StoredAsync(Id(app), cancellation);
            if (stored is not null && change.IsLate(stored.Value)) return stored.Value.IsSent ? null : stored.Value;
            var before = stored?.Value is { IsSent: false } open ? open : null;
            var draft = new Draft(app.Namespace, app.Id, app.Name(), change.Entries, clock.GetUtcNow())
            {
                Touched = [.. change.Touched],
                Step = change.Step ?? before?.Step,
                Field = change.Field ?? before?.Field,
                Flow = app.ChosenFlow,
                From = before?.From,
                Page = change.Page,
                Turn = change.Turn ?? 0,
                Earlier = before is null ? [] : EarlierOf(before, change),
            };
            if (await documents.WriteAsync([Write(app, reader.Name, draft) with { ExpectedVersion = stored?.Version ?? 0 }], cancellation)) return draft;
        }
    }

    /// <summary>Makes the draft what it was at a moment; what it is now becomes an earlier state too. Errors: NotFound.</summary>
    public async Task GoBackAsync(App app, DateTimeOffset to, CancellationToken cancellation)
    {
        while (true)
        {
            if (await StoredAsync(Id(app), cancellation) is not { Value.IsSent: false } stored || stored.Value.Earlier.FirstOrDefault(state => state.SavedAt == to) is not { } earlier)
                throw RefusedException.NotFound("That state of the draft is not kept any more.");
            var draft = stored.Value with { Entries = earlier.Entries, Step = earlier.Step, Field = null, SavedAt = clock.GetUtcNow(), Page = null, Turn = 0, Earlier = With(stored.Value, stored.Value.Earlier.Where(state => state != earlier)) };
            if (await documents.WriteAsync([Write(app, reader.Name, draft) with { ExpectedVersion = stored.Version }], cancellation)) return;
        }
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
        var given = draft with { From = reader.DisplayName, SavedAt = clock.GetUtcNow(), Page = null, Turn = 0 };
        var begun = await StoredAsync(Id(app, person.Name), cancellation);
        var theirs = Write(app, person.Name, given) with { ExpectedVersion = begun is { Value.IsSent: true } ? begun.Version : 0 };
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

    /// <summary>The form was sent from this page (null: from one that told nothing of itself).</summary>
    public async Task CloseAsync(App app, string? page, CancellationToken cancellation)
    {
        if (!reader.IsSignedIn) return;
        var sent = new Draft(app.Namespace, app.Id, app.Name(), Data.Map(), clock.GetUtcNow()) { Page = page, IsSent = true };
        await documents.WriteAsync([page is null ? new DocumentWrite(Kind, Id(app), null) : Write(app, reader.Name, sent)], cancellation);
    }

    /// <summary>The reader's drafts, newest first.</summary>
    public async Task<IReadOnlyList<Draft>> MineAsync(CancellationToken cancellation)
    {
        var page = await documents.QueryAsync<Draft>(Kind, new DocumentQuery(Owner: reader.Name), new PageRequest(1, 200), cancellation);
        return page.Results.Select(stored => stored.Value).Where(draft => !draft.IsSent).OrderByDescending(draft => draft.SavedAt).ToList();
    }

    /// <summary>Another page begins where a state ends, and so does somebody who comes back after a pause.</summary>
    private IReadOnlyList<EarlierDraft> EarlierOf(Draft before, DraftChange change) =>
        (before.Page == change.Page && clock.GetUtcNow() - before.SavedAt < Pause) || Data.Write(before.Entries) == Data.Write(change.Entries) ? before.Earlier : With(before, before.Earlier);

    private static IReadOnlyList<EarlierDraft> With(Draft state, IEnumerable<EarlierDraft> earlier) => [.. earlier.Prepend(new EarlierDraft(state.SavedAt, state.Entries, state.Step)).Take(MostEarlier)];

    private Task<StoredDocument<Draft>?> StoredAsync(string id, CancellationToken cancellation) => documents.LoadAsync<Draft>(Kind, id, cancellation);

    private static DocumentWrite Write(App app, string owner, Draft draft) =>
        new(Kind, Id(app, owner), JsonSerializer.Serialize(draft, Data.Json), Namespace: app.Namespace, Owner: owner, ExpiresAt: draft.SavedAt + (draft.IsSent ? SentKept : Kept));

    private string Id(App app) => Id(app, reader.Name);

    private static string Id(App app, string owner) => $"{owner}/{app.Namespace}/{app.Id}{(app.ChosenFlow is null ? "" : $"/{app.ChosenFlow}")}";
}
