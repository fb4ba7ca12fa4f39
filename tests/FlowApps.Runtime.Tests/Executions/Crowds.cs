namespace FlowApps.Runtime.Tests.Executions;

/// <summary>Tests that keep every processor busy with thousands of executions at once: each runs alone, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Crowds
{
    public const string Name = "crowds";
}
