using System.Globalization;
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

    /// <summary>The page that it was saved from last.</summary>
    public string? Page { get; init; }

    /// <summary>How many changes that page had seen then.</summary>
    public long Turn { get; init; }

    /// <summary>Sent: nothing is left of it but its page, so that a change of that page which arrives late does not bring it back.</summary>
    public bool IsSent { get; init; }

    /// <summary>How it was before, newest first: as it was found by each page that changed it, and every few minutes while one writes.</summary>
    public IReadOnlyList<EarlierDraft> Earlier { get; init; } = [];

    /// <summary>What was saved last and from where; a browser compares it with what it kept itself. Empty: nothing.</summary>
    public string Mark => string.Create(CultureInfo.InvariantCulture, $"{Page}:{(IsSent ? long.MaxValue : Turn)}");
}

/// <summary>A draft as it was at a moment.</summary>
public sealed record EarlierDraft(DateTimeOffset SavedAt, IReadOnlyDictionary<string, object?> Entries, string? Step);
