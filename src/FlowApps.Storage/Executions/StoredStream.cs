using System.Data.Common;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Storage.Databases;

namespace FlowApps.Storage.Executions;

/// <summary>Reads what is stored of one execution. Bytes that are no events any more, and versions that do not follow each other, are said of that execution alone.</summary>
internal static class StoredStream
{
    /// <summary>From the columns snapshot_version, snapshot, version, and the versions and events of the journal's rows after the snapshot. Errors: Quarantined.</summary>
    public static StoredExecution Read(string id, DbDataReader row)
    {
        var (snapshotVersion, version) = (row.GetInt64(0), row.GetInt64(2));
        var snapshot = row.IsDBNull(1) ? null : Guarded(id, $"its state at version {snapshotVersion}", () => Packed.Read<Execution>(row.GetFieldValue<byte[]>(1)));
        if (snapshot is not null && snapshot.Id != id) throw RefusedException.Quarantined(id, $"its state at version {snapshotVersion} is of another one");
        var tail = new List<ExecutionEvent>();
        var (versions, events) = row.IsDBNull(3) ? ([], []) : (row.GetFieldValue<long[]>(3), row.GetFieldValue<byte[][]>(4));
        for (var i = 0; i < versions.Length; i++)
        {
            if (versions[i] != snapshotVersion + tail.Count + 1) throw RefusedException.Quarantined(id, $"event {snapshotVersion + tail.Count + 1} is missing before event {versions[i]}");
            tail.AddRange(Events(id, versions[i], events[i]));
        }
        return snapshotVersion + tail.Count == version ? new StoredExecution(snapshot, snapshotVersion, tail)
            : throw RefusedException.Quarantined(id, $"it says that it has {version} events and has {snapshotVersion + tail.Count}");
    }

    /// <summary>The events of one append. Errors: Quarantined.</summary>
    public static IReadOnlyList<ExecutionEvent> Events(string id, long version, byte[] stored) => Guarded(id, $"event {version}", () => Packed.Read<List<ExecutionEvent>>(stored));

    /// <summary>Bytes can be wrong in more ways than their readers have exceptions for.</summary>
    private static T Guarded<T>(string id, string what, Func<T> read) where T : class
    {
        try
        {
            return read() ?? throw RefusedException.Quarantined(id, $"{what} is empty");
        }
        catch (Exception e) when (e is not RefusedException)
        {
            throw RefusedException.Quarantined(id, $"{what} cannot be read ({e.Message})");
        }
    }
}
