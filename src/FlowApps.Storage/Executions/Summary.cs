using System.Data.Common;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using FlowApps.Storage.Databases;

namespace FlowApps.Storage.Executions;

/// <summary>The columns of a list's row.</summary>
internal static class Summary
{
    public const string Columns = "id, namespace, flow_id, revision, state, executions.start_date, end_date, created_by, trigger_type, labels, parent_id, original_id, inputs";

    public static ExecutionSummary Read(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), (State)row.GetInt16(4), row.At(5), row.AtOrNull(6), row.Text(7), row.Text(8), LabelTerms.Read(row.GetFieldValue<string[]>(9)))
        {
            ParentId = row.Text(10),
            OriginalId = row.Text(11),
            Inputs = (row.IsDBNull(12) ? null : row.JsonOrNull<IReadOnlyDictionary<string, object?>>(12)) ?? Data.Map(),
        };
}
