using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Plugins.Files;
using FlowApps.Plugins.Processes;
using FlowApps.Plugins.Runners;

namespace FlowApps.Plugins.Tasks.Scripts;

/// <summary>What all script tasks have (kestra-semantics 13).</summary>
public abstract record ScriptTask : RunnableTask
{
    /// <summary>Where the commands run: in a container (the default when Docker is there) or as a process of the worker.</summary>
    public ScriptRunner? TaskRunner { get; init; }

    /// <summary>The container image; each language has its own default.</summary>
    public Property<string>? ContainerImage { get; init; }

    /// <summary>Old way to choose where the commands run.</summary>
    [Deprecated("taskRunner")]
    public OldRunner? Runner { get; init; }

    /// <summary>Old settings of the container.</summary>
    [Deprecated("taskRunner")]
    public OldDockerOptions? Docker { get; init; }

    /// <summary>Commands to run first, in the same shell.</summary>
    public Property<IReadOnlyList<string>>? BeforeCommands { get; init; }

    /// <summary>Environment variables; next to them the commands see WORKING_DIR, OUTPUT_DIR and a few of the worker's own (PATH, HOME, LANG, TZ).</summary>
    public Property<IReadOnlyDictionary<string, string>>? Env { get; init; }

    /// <summary>The program that gets the commands as its last argument.</summary>
    public Property<IReadOnlyList<string>> Interpreter { get; init; } = new(new List<object?> { "/bin/sh", "-c" });

    /// <summary>Whether the first command that fails ends the script.</summary>
    public Property<bool> FailFast { get; init; } = new(true);

    /// <summary>Files to lay into the working directory: names to contents or to <c>kestra:///</c> URIs.</summary>
    public object? InputFiles { get; init; }

    /// <summary>Patterns of the files to keep as outputs.</summary>
    public Property<IReadOnlyList<string>>? OutputFiles { get; init; }

    /// <summary>Files of the namespace to lay into the working directory.</summary>
    public NamespaceFiles? NamespaceFiles { get; init; }

    /// <summary>Whether a line on the standard error makes the task end with a warning.</summary>
    public Property<bool> WarningOnStdErr { get; init; } = new(true);

    /// <summary>Old: files written to OUTPUT_DIR are always kept as outputs.</summary>
    [Deprecated("outputFiles")]
    public Property<bool>? OutputDirectory { get; init; }

    /// <summary>The system the commands are written for.</summary>
    [Alias("targetOs")]
    public Property<TargetOs>? TargetOS { get; init; }

    /// <summary>The image when the task names none.</summary>
    protected abstract string DefaultImage { get; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var place = new ScriptPlace(context);
        try
        {
            return await RunAsync(context, place, cancellation);
        }
        finally
        {
            place.Clear();
        }
    }

    /// <summary>The lines to run. May put files of its own into the place.</summary>
    private protected abstract Task<IReadOnlyList<string>> LinesAsync(ScriptPlace place, bool here, CancellationToken cancellation);

    private async Task<TaskOutcome> RunAsync(TaskContext context, ScriptPlace place, CancellationToken cancellation)
    {
        await NamespaceFileSet.FetchAsync(context, NamespaceFiles, cancellation);
        await Files.InputFiles.WriteAsync(context, InputFiles, place.Variables, cancellation);
        var runner = await ScriptRunners.ChooseAsync(this, context, cancellation);
        var lines = (context.Render(BeforeCommands, place.Variables) ?? []).Concat(await LinesAsync(place, runner is ProcessRunner, cancellation));
        var script = await place.LocaliseAsync(string.Join('\n', lines), cancellation);
        if (context.Render(FailFast) && TargetOs.Windows != context.Render(TargetOS)) script = "set -e\n" + script;

        var output = new CommandOutput(context);
        var command = new ScriptCommand(context, [.. context.Render(Interpreter, place.Variables) ?? [], script], place.Directory, output)
        {
            Environment = await EnvironmentAsync(context, place, cancellation),
            Image = context.Render(ContainerImage) ?? context.Render(Docker?.Image) ?? DefaultImage,
        };
        var code = await runner.RunAsync(command, cancellation);
        var outputs = await OutputsAsync(context, place, output, code, cancellation);
        if (code != 0) throw new TaskFailedException($"Command failed with exit code {code}", outputs);
        return new TaskOutcome(output.ErrorLines > 0 && context.Render(WarningOnStdErr) ? State.Warning : State.Success, outputs);
    }

    private async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(TaskContext context, ScriptPlace place, CancellationToken cancellation)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["WORKING_DIR"] = place.Directory, ["OUTPUT_DIR"] = place.Outputs };
        foreach (var (name, value) in context.Render(Env, place.Variables) ?? new OrderedDictionary<string, string>())
            environment[name] = await place.LocaliseAsync(value ?? "", cancellation);
        return environment;
    }

    private async Task<IReadOnlyDictionary<string, object?>> OutputsAsync(TaskContext context, ScriptPlace place, CommandOutput output, int code, CancellationToken cancellation)
    {
        var patterns = Files.OutputFiles.Patterns(context, OutputFiles?.Raw, place.Variables);
        var files = WorkingFiles.Find(place.Directory, patterns).Concat(WorkingFiles.All(place.Outputs)).Where(file => !place.IsOwn(file.Path)).ToList();
        return Data.Map(
            ("vars", output.Variables), ("exitCode", code), ("outputFiles", await Files.OutputFiles.StoreAsync(context, files, cancellation)),
            ("stdOutLineCount", output.StandardLines), ("stdErrLineCount", output.ErrorLines));
    }
}
