using System.Globalization;
using FlowApps.Domain.Executions;
using FlowApps.Storage.Databases;

namespace FlowApps.Storage.Executions;

/// <summary>Turns a query into conditions over indexed columns.</summary>
internal static class ExecutionFilter
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["id"] = "id", ["namespace"] = "namespace", ["flowId"] = "flow_id", ["flowRevision"] = "revision",
        ["state"] = "state", ["state.current"] = "state", ["state.startDate"] = "start_date", ["startDate"] = "start_date", ["state.endDate"] = "end_date", ["endDate"] = "end_date",
        ["state.duration"] = "(end_date - start_date)", ["duration"] = "(end_date - start_date)", ["createdBy"] = "created_by", ["originalId"] = "original_id",
    };

    public static Filter Of(ExecutionQuery query)
    {
        var filter = new Filter();
        if (query.Namespace is { } ns) filter.InNamespace(ns, query.NamespacePrefix);
        if (query.FlowId is { } flow) filter.And("flow_id = ?", flow);
        if (query.States.Count > 0) filter.And($"state in ({Numbers(query.States)})");
        if (query.From is { } from) filter.And("start_date >= ?", from);
        if (query.To is { } to) filter.And("start_date <= ?", to);
        if (query.Labels.Count > 0) filter.And("labels @> ?", query.Labels.Select(LabelTerms.Of).ToArray());
        if (query.TriggerExecutionId is { } parent) filter.And("trigger_execution_id = ?", parent);
        if (query.Child is { } child) filter.And(child ? "trigger_execution_id is not null" : "trigger_execution_id is null");
        if (query.CreatedBy is { } by) filter.And("created_by = ?", by);
        if (query.Ids.Count > 0) filter.And("id = any(?)", query.Ids.ToArray());
        if (query.Text is { Length: > 0 } text) filter.Containing(text, "id", "flow_id", "namespace");
        return filter;
    }

    public static string Numbers(IReadOnlyList<State> states) =>
        states.Count == 0 ? "null" : string.Join(", ", states.Select(state => ((int)state).ToString(CultureInfo.InvariantCulture)));

    /// <summary>Newest first unless asked otherwise.</summary>
    public static string Order(string? sort) => Filter.Order(sort, Columns, "start_date desc");
}
