using FlowApps.Web.Layout;

namespace FlowApps.Web.Apps.Drafts;

/// <summary>What a person has typed into an app's form so far, to the letter. One draft for each person and app; gone after 90 days without a change.</summary>
public sealed record Draft(string Namespace, string AppId, string Title, IReadOnlyDictionary<string, object?> Entries, DateTimeOffset SavedAt)
{
    /// <summary>The fields the person has been in, whose errors may show.</summary>
    public IReadOnlyList<string> Touched { get; init; } = [];

    /// <summary>The flow that the person chose, of an app that offers several.</summary>
    public string? Flow { get; init; }

    /// <summary>Where it is gone on with.</summary>
    public string Address => Addresses.With(Routes.To(Routes.App, Namespace, AppId), ("flow", Flow));

    /// <summary>The field that the person was in last.</summary>
    public string? Field { get; init; }

    /// <summary>Who handed it over; null for one's own.</summary>
    public string? From { get; init; }

    /// <summary>The step the person was at, in a form with steps.</summary>
    public string? Step { get; init; }
}
