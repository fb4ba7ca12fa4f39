using System.Text.RegularExpressions;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Web.Apps.Drafts;
using FlowApps.Web.Apps.Wording;
using FlowApps.Web.Inputs.Uploads;
using FlowApps.Web.Layout;

namespace FlowApps.Web.Apps.Forms;

/// <summary>A form as it stands: the app and flow, what was typed, what it resolves to, which step is open, whose errors show.</summary>
public sealed partial record AppForm(App App, Flow Flow, ResolvedForm Resolved)
{
    public IReadOnlyList<ResolvedInput> Inputs => Resolved.Inputs;

    /// <summary>The texts in the reader's language.</summary>
    public AppWording Wording { get; init; } = AppWording.None;

    public IReadOnlyDictionary<string, object?> Entries { get; init; } = Data.Map();

    /// <summary>Null: the form was sent, every error shows.</summary>
    public IReadOnlySet<string>? Touched { get; init; } = new HashSet<string>();

    /// <summary>The field that the reader was in last, on whatever device.</summary>
    public string? Field { get; init; }
    public DateTimeOffset? SavedAt { get; init; }

    /// <summary>What was saved last of this form, from where.</summary>
    public string? Mark { get; init; }

    /// <summary>How the draft was before, newest first.</summary>
    public IReadOnlyList<EarlierDraft> Earlier { get; init; } = [];

    /// <summary>Makes sending it twice harmless; kept when the form is refused.</summary>
    public string? Key { get; init; }

    /// <summary>It was just sent, or a step was to be left, and something is wrong: said on top.</summary>
    public bool IsRefused { get; init; }

    /// <summary>What is wrong that belongs to no single field.</summary>
    public IReadOnlyList<string> Refusals { get; init; } = [];

    /// <summary>The id of the open step; unknown or null: the first.</summary>
    public string? StepId { get; init; }

    public IReadOnlyList<FormStep> Steps => field ??= FormStep.Of(Flow, Inputs);

    public bool HasSteps => Flow.Inputs.Any(input => input.Type == InputType.Form);

    public bool IsReview => HasSteps && StepId == FormStep.Review;

    /// <summary>The place of the open step; the review comes after the last one.</summary>
    public int At => IsReview ? Steps.Count : Math.Max(0, Steps.ToList().FindIndex(step => step.Id == StepId));

    /// <summary>The id of the field in sight that a check is about: the first that its condition names. Null when there is none.</summary>
    public string? FieldOf(Check check) => IsReview ? null : Named().Matches(check.Condition)
        .Select(named => Steps[At].Inputs.Where(input => input.Enabled && (named.Groups[1].Value + ".").StartsWith(input.Input.Id + ".", StringComparison.Ordinal)).MaxBy(input => input.Input.Id.Length)?.Input.Id)
        .FirstOrDefault(id => id is not null);

    [GeneratedRegex(@"\binputs\.([\w.-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    /// <summary>Filled by somebody who is not signed in.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Where it is shown and sent to.</summary>
    public string Address
    {
        get => field ?? Addresses.With(Base, ("flow", App.ChosenFlow));
        init;
    }

    /// <summary>Where it is resolved while it is filled.</summary>
    public string ChangeAddress
    {
        get => field ?? Addresses.With($"{Base}/change", ("flow", App.ChosenFlow));
        init;
    }

    /// <summary>The form as its draft keeps it. Null: nothing is kept.</summary>
    public AppForm Kept(Draft? draft) => draft is null ? this : this with { SavedAt = draft.IsSent ? null : draft.SavedAt, Mark = draft.Mark, Earlier = draft.Earlier };

    private string Base => Routes.To(IsPublic ? Routes.PublicApp : Routes.App, App.Namespace, App.Id);

    /// <summary>Where files go ahead of the form; null: they come with it.</summary>
    public string? Uploads => IsPublic ? null : UploadFeature.Address;

    public IEnumerable<ResolvedInput> Wrong => Inputs.Where(input => input.Enabled && input.Errors.Count > 0);

    /// <summary>The id of the step at a place; behind the last one is the review.</summary>
    public string StepAt(int place) => place >= Steps.Count ? FormStep.Review : Steps[Math.Max(0, place)].Id;
}
