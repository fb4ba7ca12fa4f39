using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Apps.Forms;

/// <summary>
/// One page of a form: a FORM input with what it asks for, or the inputs between two of them. A form without FORM inputs is one step. A step whose inputs are all not asked for is not there.
/// </summary>
public sealed record FormStep(string Id, string? Title, string? Hint, IReadOnlyList<ResolvedInput> Inputs)
{
    /// <summary>The last page of a form with steps: everything once more, before it is sent. No input can have this id.</summary>
    public const string Review = "~review";

    public bool IsWrong => Inputs.Any(input => input.Enabled && input.Errors.Count > 0);

    public static IReadOnlyList<FormStep> Of(Flow flow, IReadOnlyList<ResolvedInput> inputs)
    {
        var steps = new List<FormStep>();
        var loose = new List<ResolvedInput>();
        foreach (var input in flow.Inputs)
        {
            if (input.Type != InputType.Form)
            {
                loose.AddRange(inputs.Where(resolved => resolved.Input.Id == input.Id));
                continue;
            }
            Close();
            steps.Add(new FormStep(input.Id, input.DisplayName ?? TaskWords.Of(input.Id), input.Description, [.. inputs.Where(resolved => resolved.Input.Id.StartsWith(input.Id + ".", StringComparison.Ordinal))]));
        }
        Close();
        return [.. steps.Where(step => steps.Count == 1 || step.Inputs.Any(resolved => resolved.Enabled))];

        void Close()
        {
            if (loose.Count > 0) steps.Add(new FormStep($"~{steps.Count}", null, null, [.. loose]));
            loose.Clear();
        }
    }
}
