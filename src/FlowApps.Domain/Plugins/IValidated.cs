using FlowApps.Domain.Problems;

namespace FlowApps.Domain.Plugins;

/// <summary>
/// A definition record that checks itself after it was read (a Dag its dependencies, a Schedule its cron). Called for every record at any depth
/// whose required properties are there. <see cref="Problem.Path"/> is relative to the record (<c>tasks[0].dependsOn</c>) or null for the record
/// itself; the reader puts the record's own path before it and adds line and column.
/// </summary>
public interface IValidated
{
    IEnumerable<Problem> Validate();
}
