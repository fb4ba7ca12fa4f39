using FlowApps.Plugins.Processes;

namespace FlowApps.Plugins.Runners;

/// <summary>One command of a script task, ready to run: rendered, its files in place.</summary>
internal sealed record ScriptCommand(TaskContext Context, IReadOnlyList<string> Command, string Directory, CommandOutput Output)
{
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The container image the task asks for.</summary>
    public string? Image { get; init; }

    /// <summary>Starts a program on this machine in the task's directory and passes on what it says.</summary>
    public async Task<int> RunHereAsync(IReadOnlyList<string> program, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        using var tree = ProcessTree.Start(program, Directory, environment);
        var reading = Task.WhenAll(
            LineReader.ReadAsync(tree.Leader.StandardOutput.BaseStream, Output.Standard),
            LineReader.ReadAsync(tree.Leader.StandardError.BaseStream, Output.Error));
        var code = await tree.WaitAsync(cancellation);
        await reading;
        return code;
    }
}
