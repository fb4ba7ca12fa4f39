using FlowApps.Domain.Flows;
using FlowApps.Storage.Databases;

namespace FlowApps.Storage.Executions;

/// <summary>Labels as texts that an index can hold: key, unit separator, value. In an array parameter the terms of a row are joined with the record separator.</summary>
internal static class LabelTerms
{
    private const char Unit = '\x1f';
    private const char Record = '\x1e';

    public static string Of(Label label) => Blob.Clean(label.Value is null ? label.Key : $"{label.Key}{Unit}{label.Value}").Replace(Record, ' ');

    /// <summary>The correlation id that an execution starts: its own id, which is found without being written.</summary>
    public const string CorrelationId = "system.correlationId";

    /// <summary>What is written to be found by.</summary>
    public static IEnumerable<string> Findable(string executionId, IReadOnlyList<Label> labels) =>
        labels.Where(label => label.Key != CorrelationId || label.Value != executionId).Select(Of).Distinct();

    public static string Join(IReadOnlyList<Label> labels) => labels.Count == 0 ? "" : string.Join(Record, labels.Select(Of));

    public static IReadOnlyList<Label> Read(IReadOnlyList<string> terms) =>
        terms.Select(term => term.Split(Unit, 2)).Select(parts => new Label(parts[0], parts.Length > 1 ? parts[1] : null)).ToList();
}
