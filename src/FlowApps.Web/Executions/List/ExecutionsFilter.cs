using System.Globalization;
using FlowApps.Domain.Executions;
using FlowApps.Web.Flows;
using FlowApps.Web.Layout;

namespace FlowApps.Web.Executions.List;

/// <summary>What the executions list shows; all of it is in the address. <c>State</c>: a state's word, or failing, open; <c>Since</c>: 1h, 24h, 7d, 30d.</summary>
public sealed record ExecutionsFilter(string? Text = null, string? Namespace = null, string? Flow = null, string? State = null, string? Since = null, int Page = 1)
{
    private const string LabelPrefix = "label:";

    public static ExecutionsFilter Of(IQueryCollection query) => new(Given(query["q"]), Given(query["ns"]), Given(query["flow"]), Given(query["state"]), Given(query["since"]),
        int.TryParse(query["page"], CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 100_000) : 1);

    public bool IsEmpty => this with { Page = 1 } == new ExecutionsFilter();

    public string Address => Addresses.With(Routes.Executions, Parts);

    public string AddressBelow(string path, string name, string value) => Addresses.With(Routes.Executions + path, [.. Parts, (name, value)]);

    private (string, string?)[] Parts => [("q", Text), ("ns", Namespace), ("flow", Flow), ("state", State), ("since", Since), ("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null)];

    public ExecutionQuery Query(DateTimeOffset now)
    {
        var words = (Text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var text = string.Join(' ', words.Where(word => !word.StartsWith(LabelPrefix, StringComparison.Ordinal)));
        return new ExecutionQuery
        {
            Text = text.Length == 0 ? null : text,
            Labels = words.Where(word => word.StartsWith(LabelPrefix, StringComparison.Ordinal)).Select(word => LabelText.Parse(word[LabelPrefix.Length..])).ToList(),
            Namespace = Namespace,
            FlowId = Flow,
            States = States,
            From = Since switch { "1h" => now.AddHours(-1), "24h" => now.AddDays(-1), "7d" => now.AddDays(-7), "30d" => now.AddDays(-30), _ => null },
        };
    }

    private IReadOnlyList<State> States => State switch
    {
        null => [],
        "open" => [.. Enum.GetValues<State>().Where(state => !state.IsTerminal && state != Domain.Executions.State.Paused)],
        "failing" => [Domain.Executions.State.Failed, Domain.Executions.State.Killed],
        _ => Enum.TryParse<State>(State, ignoreCase: true, out var state) && Enum.IsDefined(state) ? [state] : [],
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
