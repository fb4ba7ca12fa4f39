using System.Globalization;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Storage.Databases;

namespace FlowApps.Storage.Executions;

/// <summary>Turns a query into conditions over indexed columns.</summary>
internal static class ExecutionFilter
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["id"] = "id",
        ["namespace"] = "namespace",
        ["flowId"] = "flow_id",
        ["flowRevision"] = "revision",
        ["state"] = "state",
        ["state.current"] = "state",
        ["state.startDate"] = "executions.start_date",
        ["startDate"] = "executions.start_date",
        ["state.endDate"] = "end_date",
        ["endDate"] = "end_date",
        ["state.duration"] = "(end_date - executions.start_date)",
        ["duration"] = "(end_date - executions.start_date)",
        ["createdBy"] = "created_by",
        ["originalId"] = "original_id",
    };

    /// <summary>Tests are in no list and no figure.</summary>
    public static readonly string NoTest = string.Create(CultureInfo.InvariantCulture, $"kind <> {(int)ExecutionKind.Test}");

    public static Filter Of(ExecutionQuery query)
    {
        var filter = new Filter();
        if (query.Namespace is { } ns) filter.InNamespace(ns, query.NamespacePrefix);
        if (query.FlowId is { } flow) filter.And("flow_id = ?", flow);
        if (query.States.Count > 0) filter.And(In(query.States));
        if (query.From is { } from) filter.And("executions.start_date >= ?", from);
        if (query.To is { } to) filter.And("executions.start_date <= ?", to);
        foreach (var label in query.Labels.Where(IsOrigin)) filter.And("id in (select ?1 union all select execution_id from labels where term = ?2)", label.Value!, LabelTerms.Of(label));
        foreach (var label in query.Labels.Where(label => !IsOrigin(label))) Labelled(filter, label);
        if (query.TriggerExecutionId is { } parent) filter.And("trigger_execution_id = ?", parent);
        if (query.Child is { } child) filter.And(child ? "trigger_execution_id is not null" : "trigger_execution_id is null");
        if (query.CreatedBy is { } by) filter.And("created_by = ?", by);
        if (query.Said is { } said) Said(filter, said);
        if (query.Ids.Count > 0) filter.And("id = any(?)", query.Ids.ToArray());
        else if (!query.Tests && query.TriggerExecutionId is null) filter.And(NoTest);
        return filter;
    }

    public static string Numbers(IReadOnlyList<State> states) =>
        states.Count == 0 ? "null" : string.Join(", ", states.Select(state => ((int)state).ToString(CultureInfo.InvariantCulture)));

    /// <summary>Newest first unless asked otherwise.</summary>
    public static string Order(ExecutionQuery query, string? sort)
    {
        var order = Filter.Order(sort, Columns, "executions.start_date desc");
        // The index of a label is in the order of time: read in it, the newest with a frequent label are found without reading all that have it.
        return query.Labels.Any(label => !IsOrigin(label)) ? order.Replace("executions.start_date", "label.start_date", StringComparison.Ordinal) : order;
    }

    /// <summary>Condition over the state in the words of the two partial indexes (open, and ended other than well).</summary>
    private static string In(IReadOnlyList<State> states)
    {
        var parts = new[]
        {
            (Range: "state < 9 and ", States: states.Where(state => !state.IsTerminal).ToList()),
            (Range: "", States: states.Where(state => state == State.Success).ToList()),
            (Range: "state > 9 and ", States: states.Where(state => state > State.Success).ToList()),
        };
        return $"({string.Join(" or ", parts.Where(part => part.States.Count > 0).Select(part => $"{part.Range}state in ({Numbers(part.States)})"))})";
    }

    private static void Said(Filter filter, SaidWords said) => filter
        .And($"""
            ({Answers} ilike any(?1) or id ilike ?2 or (namespace || '/' || flow_id) = any(?3))
            """.Trim(), Written(said.Text).Select(text => $"%{Filter.Escaped(text)}%").ToArray(), $"%{Filter.Escaped(said.Text)}", said.Flows.Select(flow => $"{flow.Namespace}/{flow.Id}").ToArray());

    /// <summary>The ways in which a word may be written: the database knows upper and lower case of English letters only.</summary>
    private static IEnumerable<string> Written(string text) =>
        new[] { text, text.ToUpper(CultureInfo.InvariantCulture), text.ToLower(CultureInfo.InvariantCulture), text[..1].ToUpper(CultureInfo.InvariantCulture) + text[1..].ToLower(CultureInfo.InvariantCulture) }.Distinct();

    /// <summary>The texts of all answers, whatever they are nested in. A null character, which jsonb has not, leaves the answers as they are written.</summary>
    private const string Answers = """
        (case when strpos(convert_from(inputs, 'UTF8'), '\u0000') > 0 then convert_from(inputs, 'UTF8')
         else (select string_agg(said #>> '{}', ' ') from jsonb_path_query(convert_from(inputs, 'UTF8')::jsonb, 'strict $.**') said where jsonb_typeof(said) = 'string') end)
        """;

    private static void Labelled(Filter filter, Label label)
    {
        if (!filter.HasJoins) filter.Join("labels label", "label.execution_id = executions.id and label.term = ?", LabelTerms.Of(label));
        else filter.And("exists (select from labels l where l.term = ? and l.start_date = executions.start_date and l.execution_id = executions.id)", LabelTerms.Of(label));
    }

    // The execution that began a chain has its own id as correlation id, which is not written.
    private static bool IsOrigin(Label label) => label is { Key: LabelTerms.CorrelationId, Value: not null };
}
