using FlowApps.Domain.Flows;
using FlowApps.Web.Layout;

namespace FlowApps.Web.Flows.List;

/// <summary>What the flows list shows; all of it is in the address. <c>State</c>: failing, waiting, disabled or nothing.</summary>
public sealed record FlowFilter(string? Text = null, string? Namespace = null, string? State = null, int Page = 1)
{
    private const string LabelPrefix = "label:";

    /// <summary>Words of the search; <c>label:team=shop</c> narrows by label.</summary>
    public FlowQuery Query
    {
        get
        {
            var words = (Text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var labels = words.Where(word => word.StartsWith(LabelPrefix, StringComparison.Ordinal)).Select(word => LabelText.Parse(word[LabelPrefix.Length..])).ToList();
            var text = string.Join(' ', words.Where(word => !word.StartsWith(LabelPrefix, StringComparison.Ordinal)));
            return new FlowQuery(text.Length == 0 ? null : text, Namespace, Disabled: State == "disabled" ? true : null, Labels: labels.Count == 0 ? null : labels);
        }
    }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Text) && Namespace is null && State is null;

    public string Address => Addresses.With(Routes.Flows, ("q", Text), ("ns", Namespace), ("state", State), ("page", Page > 1 ? Page.ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
}
