namespace FlowApps.Plugins.Runners;

/// <summary>A place where the command of a script task can run.</summary>
public abstract record ScriptRunner : TaskRunner
{
    /// <summary>Runs the command to its end and returns its exit code. Cancellation stops it with everything it started. Errors: <see cref="TaskFailedException"/> when it cannot run here.</summary>
    internal abstract Task<int> RunAsync(ScriptCommand command, CancellationToken cancellation);
}
