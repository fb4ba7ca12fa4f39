using FlowApps.Domain.Flows;
using FlowApps.Domain.Plugins;

namespace FlowApps.Domain.Apps;

public enum AppAccessType { Private, Public }

/// <summary>Who may open an app. <c>Groups</c> narrows PRIVATE; <c>Catalog</c> false hides it from the catalogue.</summary>
public sealed record AppAccess(AppAccessType Type = AppAccessType.Private)
{
    public IReadOnlyList<string> Groups { get; init; } = [];
    public bool Catalog { get; init; } = true;
}

/// <summary>The window in which an app can be used.</summary>
public sealed record AppExpiration(DateTimeOffset? StartDate, DateTimeOffset? EndDate);

/// <summary>
/// The page states of an app (reference apps.md section 2). An execution's state maps to one of them: CREATED, QUEUED → Created; paused for people → Pause;
/// SUCCESS, WARNING → Success; FAILED, KILLED, CANCELLED → Failure; everything else that runs → Running.
/// </summary>
public enum AppState { Open, Created, Running, Pause, Resume, Success, Failure, Error, Fallback }

/// <summary>The blocks shown in one state.</summary>
public sealed record AppSection(AppState On, IReadOnlyList<AppBlock> Blocks);

/// <summary>A page over a flow that people fill in, decide on and follow. Stored as YAML with revisions; addressed as <c>/a/namespace/id</c>.</summary>
public sealed record App
{
    public required string Id { get; init; }
    public required string Type { get; init; }
    public required string Namespace { get; init; }
    public required string FlowId { get; init; }
    public string? DisplayName { get; init; }
    public string? Description { get; init; }
    public int? FlowRevision { get; init; }
    public AppAccess Access { get; init; } = new();
    public AppExpiration? Expiration { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string? Thumbnail { get; init; }

    /// <summary>A Tabler icon name for the catalogue card.</summary>
    public string? Icon { get; init; }
    public bool Disabled { get; init; }
    public IReadOnlyList<AppSection> Layout { get; init; } = [];
    [NotWritten]
    public int Revision { get; init; } = 1;

    /// <summary>True for the app that a flow with inputs has without any app YAML.</summary>
    [NotWritten]
    public bool Implicit { get; init; }

    public FlowId Flow => new(Namespace, FlowId);

    public string Title => DisplayName ?? Id;
}

/// <summary>A stored app revision: the source to the letter.</summary>
public sealed record AppRevision(string Namespace, string Id, int Revision, string Source, DateTimeOffset SavedAt, string? SavedBy, bool Disabled = false);
