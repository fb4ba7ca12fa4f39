using System.Collections.Concurrent;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Runtime.Flows;
using FlowApps.Yaml.Apps;

namespace FlowApps.Runtime.Apps;

/// <summary>Apps with their revisions, kept as documents; a flow with inputs whose label wants it is an app until somebody writes one for it.</summary>
internal sealed class AppRegistry(IDocumentStore documents, FlowRegistry flows, IFlowStore flowStore, AppReader reader, TimeProvider clock) : IApps
{
    private const string Newest = "app";
    private const string Revision = "app-revision";
    private const int Everything = 1000;
    private readonly ConcurrentDictionary<(string, string, int), App> parsed = new();

    public AppReading Read(string source) => reader.Read(source);

    public async Task<AppRevision> SaveAsync(string source, string? by, int? expectedRevision, CancellationToken cancellation)
    {
        var reading = Read(source);
        var app = reading.App ?? throw new RefusedException(RefusalKind.Invalid, reading.Problems);
        var stored = await documents.LoadAsync<AppRevision>(Newest, Key(app.Namespace, app.Id), cancellation);
        if (expectedRevision is { } expected && expected != (stored?.Value.Revision ?? 0)) throw Outdated(stored?.Value.Revision);
        if (stored?.Value.Source == source) return stored.Value;
        var last = stored?.Value.Revision ?? await LastRevisionAsync(app.Namespace, app.Id, cancellation);
        var revision = new AppRevision(app.Namespace, app.Id, last + 1, source, clock.GetUtcNow(), by, app.Disabled);
        var json = Data.Write(revision);
        var saved = await documents.WriteAsync(
        [
            new DocumentWrite(Newest, Key(app.Namespace, app.Id), json, stored?.Version ?? 0, app.Namespace),
            new DocumentWrite(Revision, $"{Key(app.Namespace, app.Id)}/{revision.Revision}", json, 0, app.Namespace),
        ], cancellation);
        return saved ? revision : throw Outdated(null);
    }

    public async Task DeleteAsync(string ns, string id, CancellationToken cancellation)
    {
        var stored = await documents.LoadAsync<AppRevision>(Newest, Key(ns, id), cancellation) ?? throw RefusedException.NotFound($"There is no app {ns}.{id}.");
        if (!await documents.WriteAsync([new DocumentWrite(Newest, Key(ns, id), null, stored.Version, ns)], cancellation)) throw Outdated(null);
    }

    public async Task<App?> FindAsync(string ns, string id, CancellationToken cancellation) =>
        await documents.LoadAsync<AppRevision>(Newest, Key(ns, id), cancellation) is { } stored ? Parse(stored.Value) : Implicit(await flows.FindAsync(new FlowId(ns, id), null, cancellation));

    public async Task<App?> OfFlowAsync(FlowId flow, CancellationToken cancellation)
    {
        var bound = (await WrittenAsync(flow.Namespace, cancellation)).Where(app => app.Namespace == flow.Namespace && app.Over(flow.Id) is not null).MinBy(app => app.Id, StringComparer.Ordinal);
        return bound ?? Implicit(await flows.FindAsync(flow, null, cancellation));
    }

    public async Task<AppRevision?> SourceAsync(string ns, string id, int? revision, CancellationToken cancellation) => revision is { } number
        ? (await documents.LoadAsync<AppRevision>(Revision, $"{Key(ns, id)}/{number}", cancellation))?.Value
        : (await documents.LoadAsync<AppRevision>(Newest, Key(ns, id), cancellation))?.Value;

    public async Task<IReadOnlyList<AppRevision>> RevisionsAsync(string ns, string id, CancellationToken cancellation)
    {
        var page = await documents.QueryAsync<AppRevision>(Revision, new DocumentQuery(ns, IdPrefix: Key(ns, id) + "/"), new PageRequest(1, Everything), cancellation);
        return [.. page.Results.Select(document => document.Value).OrderBy(revision => revision.Revision)];
    }

    public async Task<IReadOnlyList<App>> CatalogueAsync(User? person, string? text, string? tag, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var written = await WrittenAsync(null, cancellation);
        var implicits = person is null ? [] : await ImplicitsAsync(written, cancellation);
        return
        [
            .. written.Concat(implicits)
                .Where(app => !app.Disabled && app.Access.Catalog && IsOpen(app.Expiration, now) && MaySee(person, app.Access))
                .Where(app => tag is null || app.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
                .Where(app => Matches(app, text))
                .OrderBy(app => app.Title, StringComparer.OrdinalIgnoreCase),
        ];
    }

    public async Task<Page<App>> SearchAsync(string? text, string? ns, PageRequest page, CancellationToken cancellation)
    {
        var found = (await WrittenAsync(ns, cancellation)).Where(app => Matches(app, text)).OrderBy(app => app.Id, StringComparer.OrdinalIgnoreCase).ToList();
        return new Page<App>([.. found.Skip(page.Offset).Take(page.Limit)], found.Count);
    }

    private async Task<List<App>> WrittenAsync(string? ns, CancellationToken cancellation)
    {
        var page = await documents.QueryAsync<AppRevision>(Newest, new DocumentQuery(ns, NamespacePrefix: true), new PageRequest(1, Everything), cancellation);
        return [.. page.Results.Select(document => Parse(document.Value))];
    }

    private async Task<List<App>> ImplicitsAsync(List<App> written, CancellationToken cancellation)
    {
        var covered = written.SelectMany(app => app.Flows.Select(flow => new FlowId(app.Namespace, flow.FlowId)).Prepend(app.Flow)).ToHashSet();
        var page = await flowStore.SearchAsync(new FlowQuery(Disabled: false), new PageRequest(1, Everything), cancellation);
        var found = new List<App>();
        foreach (var flow in page.Results)
            if (flow.HasInputs && flow.Labels.Any(label => label.Key == App.WantedLabel) && !covered.Contains(flow.Key) && Implicit(await flows.FindAsync(flow.Key, null, cancellation)) is { } app) found.Add(app);
        return found;
    }

    private async Task<int> LastRevisionAsync(string ns, string id, CancellationToken cancellation) =>
        await RevisionsAsync(ns, id, cancellation) is [.., var last] ? last.Revision : 0;

    private App Parse(AppRevision revision) => parsed.GetOrAdd((revision.Namespace, revision.Id, revision.Revision), _ =>
        reader.Read(revision.Source).App is { } app
            ? app with { Revision = revision.Revision }
            : throw RefusedException.Invalid("app_unreadable", $"Revision {revision.Revision} of the app {revision.Namespace}.{revision.Id} cannot be read any more. Save a new revision."));

    private static App? Implicit(Flow? flow) => flow is not { Inputs.Count: > 0 } || !flow.Labels.Any(label => label is { Key: App.WantedLabel, Value: "true" }) ? null : new App
    {
        Id = flow.Id,
        Type = "apps.Execution",
        Namespace = flow.Namespace,
        FlowId = flow.Id,
        Implicit = true,
        Disabled = flow.Disabled,
        Revision = flow.Revision,
        DisplayName = flow.Labels.FirstOrDefault(label => label.Key == "title")?.Value,
        Description = flow.Description,
    };

    private static bool IsOpen(AppExpiration? window, DateTimeOffset now) => window is null || (now >= (window.StartDate ?? now) && now <= (window.EndDate ?? now));

    private static bool MaySee(User? person, AppAccess access) =>
        access.Type == AppAccessType.Public || (person is not null && (access.Groups.Count == 0 || person.Groups.Intersect(access.Groups).Any()));

    private static bool Matches(App app, string? text) =>
        string.IsNullOrWhiteSpace(text) || new[] { app.Title, app.Id, app.Description ?? "" }.Any(part => part.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase));

    private static string Key(string ns, string id) => $"{ns}/{id}";

    private static RefusedException Outdated(int? now) =>
        RefusedException.Conflict("old_revision", now is null ? "Somebody else saved this app at the same moment. Open it again." : $"Somebody saved revision {now} of this app since you opened it.");
}
