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

/// <summary>One more flow that an app offers: the page asks first which of them it is about.</summary>
public sealed record AppFlow
{
    /// <summary>A flow of the app's namespace.</summary>
    public required string FlowId { get; init; }

    /// <summary>Null: the newest.</summary>
    public int? FlowRevision { get; init; }

    /// <summary>What people read as its name.</summary>
    public string? DisplayName { get; init; }
    public string? Description { get; init; }
}

/// <summary>How an app looks different from the rest.</summary>
public sealed record AppBranding
{
    /// <summary>A picture of the app's namespace, <c>nsfile:///logo.svg</c>.</summary>
    public string? Logo { get; init; }

    /// <summary>The colour of the main button and of links, <c>#1f5f8b</c>. White text on it must reach a contrast of 4.5 to 1 (WCAG 2.2 AA).</summary>
    public string? Color { get; init; }
}

/// <summary>A page over a flow that people fill in, decide on and follow. Stored as YAML with revisions; addressed as <c>/a/namespace/id</c>.</summary>
public sealed record App
{
    /// <summary>The label of a flow that wants to be an app without any app YAML: <c>labels: {app: "true"}</c>.</summary>
    public const string WantedLabel = "app";

    public required string Id { get; init; }
    public required string Type { get; init; }
    public required string Namespace { get; init; }
    public required string FlowId { get; init; }
    public string? DisplayName { get; init; }
    public string? Description { get; init; }
    public int? FlowRevision { get; init; }

    /// <summary>More flows that this app offers beside <see cref="FlowId"/>.</summary>
    public IReadOnlyList<AppFlow> Flows { get; init; } = [];

    /// <summary>Publishes the result of this past execution: the page shows its section and asks for nothing.</summary>
    public string? ExecutionId { get; init; }
    public AppAccess Access { get; init; } = new();
    public AppExpiration? Expiration { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string? Thumbnail { get; init; }

    /// <summary>A Tabler icon name for the catalogue card.</summary>
    public string? Icon { get; init; }
    public AppBranding Branding { get; init; } = new();

    /// <summary>Origins whose pages may show a PUBLIC app in a frame, <c>https://intranet.example</c>.</summary>
    public IReadOnlyList<string> Embed { get; init; } = [];

    /// <summary>By language (<c>de</c>, <c>pt-BR</c>), by the text as it stands in the app, its flow's inputs or on the form's buttons: what readers of that language see in its place.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Translations { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();
    public bool Disabled { get; init; }
    public IReadOnlyList<AppSection> Layout { get; init; } = [];
    [NotWritten]
    public int Revision { get; init; } = 1;

    /// <summary>True for the app that a flow has by its label alone, without any app YAML.</summary>
    [NotWritten]
    public bool Implicit { get; init; }

    /// <summary>The flow that the reader chose, of an app that offers several.</summary>
    [NotWritten]
    public string? ChosenFlow { get; init; }

    public FlowId Flow => new(Namespace, FlowId);

    public string Title => DisplayName ?? Id;

    /// <summary>The app over another of its flows; null when it does not offer that one.</summary>
    public App? Over(string flowId) =>
        flowId == FlowId ? this with { ChosenFlow = Flows.Count > 0 ? flowId : null }
        : Flows.FirstOrDefault(flow => flow.FlowId == flowId) is { } other ? this with { FlowId = other.FlowId, FlowRevision = other.FlowRevision, ChosenFlow = flowId } : null;
}

/// <summary>A stored app revision: the source to the letter.</summary>
public sealed record AppRevision(string Namespace, string Id, int Revision, string Source, DateTimeOffset SavedAt, string? SavedBy, bool Disabled = false);
