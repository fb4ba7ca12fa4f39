using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;

namespace FlowApps.Domain.Apps;

public sealed record AppReading(App? App, IReadOnlyList<Problem> Problems);

/// <summary>Apps as the product uses them: read, stored with revisions, found for a person. A flow with inputs and the label <c>app: "true"</c> is an app by itself. Implemented by the runtime.</summary>
public interface IApps
{
    AppReading Read(string source);

    /// <summary>Creates or saves a new revision when the text differs. Errors: Invalid with all problems; Conflict when <paramref name="expectedRevision"/> is old.</summary>
    Task<AppRevision> SaveAsync(string source, string? by, int? expectedRevision, CancellationToken cancellation);
    Task DeleteAsync(string ns, string id, CancellationToken cancellation);

    /// <summary>An app by its own id, or the one that the flow of that id is by its label; null when there is none.</summary>
    Task<App?> FindAsync(string ns, string id, CancellationToken cancellation);

    /// <summary>The app over a flow: one bound to it (the first by id), else the one it is by its label; null when there is none.</summary>
    Task<App?> OfFlowAsync(Flows.FlowId flow, CancellationToken cancellation);
    Task<AppRevision?> SourceAsync(string ns, string id, int? revision, CancellationToken cancellation);
    Task<IReadOnlyList<AppRevision>> RevisionsAsync(string ns, string id, CancellationToken cancellation);

    /// <summary>What a person's catalogue shows (null: someone who is not signed in), by title.</summary>
    Task<IReadOnlyList<App>> CatalogueAsync(User? reader, string? text, string? tag, CancellationToken cancellation);
    Task<Page<App>> SearchAsync(string? text, string? ns, PageRequest page, CancellationToken cancellation);
}
