using System.Globalization;
using FlowApps.Domain.Logs;
using FlowApps.Plugins.Processes;
using FlowApps.Plugins.Runners;
using FlowApps.Plugins.Tasks.Scripts;

namespace FlowApps.Plugins.Tests.Scripts;

public sealed class ScriptTests : IDisposable
{
    private readonly TaskContextFake context = new(("who", "world"));

    public void Dispose() => context.Dispose();

    [Fact]
    public async Task Commands_log_what_they_say_and_give_out_what_they_mark()
    {
        var outcome = await RunAsync(Shell(
            "echo 'Hello {{ who }}'",
            """echo '::{"outputs":{"total":4.50,"names":["a"]},"metrics":[{"type":"counter","name":"rows","value":2}],"logs":[{"level":"WARN","message":"careful"}]}::'""",
            """printf '  ::{"outputs":{"last":true}}::  '"""));
        Assert.Equal(State.Success, outcome.State);
        Assert.Equal("""{"total":4.5,"names":["a"],"last":true}""", Data.Write(outcome.Outputs!["vars"]));
        Assert.Equal(0, outcome.Outputs["exitCode"]);
        Assert.Equal([(LogLevel.Info, "Hello world"), (LogLevel.Warn, "careful")], context.Lines);
        Assert.Contains(context.Metrics, metric => metric is { Name: "rows", Value: 2 });
    }

    [Fact]
    public async Task A_failing_command_stops_the_script_and_keeps_its_outputs()
    {
        var failure = await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(Shell("""echo '::{"outputs":{"a":1}}::'""", "(exit 42)", "echo never")));
        Assert.Equal(42, failure.Outputs!["exitCode"]);
        Assert.Equal("""{"a":1}""", Data.Write(failure.Outputs["vars"]));
        Assert.DoesNotContain(context.Lines, line => line.Message == "never");
    }

    [Fact]
    public async Task Without_fail_fast_later_commands_run()
    {
        await RunAsync(Shell("false", "echo after") with { FailFast = new(false) });
        Assert.Contains(context.Lines, line => line.Message == "after");
    }

    [Theory]
    [InlineData(true, State.Warning)]
    [InlineData(false, State.Success)]
    public async Task A_line_on_the_standard_error_is_a_warning_unless_told_otherwise(bool warning, State expected)
    {
        var outcome = await RunAsync(Shell("echo trouble >&2") with { WarningOnStdErr = new(warning) });
        Assert.Equal(expected, outcome.State);
        Assert.Equal([(LogLevel.Error, "trouble")], context.Lines);
        Assert.Equal(1, outcome.Outputs!["stdErrLineCount"]);
    }

    [Fact]
    public async Task Commands_see_given_variables_and_none_of_the_servers()
    {
        Environment.SetEnvironmentVariable("FLOWAPPS_TEST_PASSWORD", "hidden");
        await RunAsync(Shell("env") with { Env = new(Data.Map(("GREETING", "Hello {{ who }}"))) });
        var lines = context.Lines.Select(line => line.Message).ToList();
        Assert.Contains("GREETING=Hello world", lines);
        Assert.Contains(lines, line => line.StartsWith("PATH=", StringComparison.Ordinal));
        Assert.Contains("WORKING_DIR=" + context.WorkingDirectory, lines);
        Assert.DoesNotContain(lines, line => line.Contains("FLOWAPPS_TEST_PASSWORD", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_go_in_and_come_out()
    {
        var stored = await context.StoreAsync("source.csv", "1,2\n");
        var task = Shell("cat in/quote.csv note.txt > sum.txt", "mkdir -p deep/er && cp sum.txt deep/er/copy.txt", "echo kept > $OUTPUT_DIR/kept.txt", "ln -s /etc/passwd link.txt") with
        {
            InputFiles = Data.Map(("in/quote.csv", stored), ("note.txt", "for {{ who }}")),
            OutputFiles = new(new List<object?> { "*.txt", "deep/**" }),
        };
        var files = (IReadOnlyDictionary<string, object?>)(await RunAsync(task)).Outputs!["outputFiles"]!;
        Assert.Equal(["deep/er/copy.txt", "kept.txt", "note.txt", "sum.txt"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("1,2\nfor world", await context.ReadAsync(files["deep/er/copy.txt"]));
    }

    [Fact]
    public async Task Stored_files_named_in_commands_become_local_ones()
    {
        var stored = await context.StoreAsync("words.txt", "stored words");
        await RunAsync(Shell($"cat \"{stored}\"", "cat $FROM_ENV") with { Env = new(Data.Map(("FROM_ENV", stored))) });
        Assert.Equal(["stored wordsstored words"], context.Lines.Select(line => line.Message));
    }

    [Fact]
    public async Task An_input_file_cannot_leave_the_directory()
    {
        var task = Shell("true") with { InputFiles = Data.Map(("../../escaped.txt", "x")) };
        var failure = await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(task));
        Assert.Contains("../../escaped.txt", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_waits_on_the_standard_input()
    {
        await RunAsync(Shell("cat", "echo done"));
        Assert.Equal(["done"], context.Lines.Select(line => line.Message));
    }

    [Fact]
    public async Task Output_is_logged_up_to_a_limit_that_the_log_states()
    {
        var outcome = await RunAsync(Shell("head -c 5000000 /dev/zero | tr '\\0' x", "echo", "yes 'some line of text' | head -n 600000", """echo '::{"outputs":{"end":1}}::'"""));
        Assert.InRange(context.Lines.Sum(line => (long)line.Message.Length), 5_000_000, CommandOutput.MaxLogged + LineReader.MaxLine + 1000);
        Assert.Contains(context.Lines, line => line.Level == LogLevel.Warn && line.Message.Contains("not logged", StringComparison.Ordinal));
        Assert.Equal("""{"end":1}""", Data.Write(outcome.Outputs!["vars"]));
    }

    [Fact]
    public async Task Cancelling_kills_children_also_those_that_left_the_session()
    {
        var lines = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        context.Logged += line => lines.TrySetResult(line);
        using var cancelling = new CancellationTokenSource();
        var run = Shell("sleep 1000 & one=$!", "setsid sleep 1000 & two=$!", "echo $$ $one $two", "trap '' TERM; wait").RunAsync(context, cancelling.Token).AsTask();
        var processes = (await lines.Task).Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToList();
        Assert.All(processes, id => Assert.True(IsRunning(id)));
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        foreach (var id in processes) await EndedAsync(id);
    }

    [Fact]
    public async Task Children_left_behind_do_not_outlive_the_command()
    {
        await RunAsync(Shell("sleep 1000 & echo $!"));
        await EndedAsync(int.Parse(context.Lines.Single().Message, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_missing_interpreter_is_named()
    {
        var failure = await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(Shell("true") with { Interpreter = new(new List<object?> { "/no/such/shell", "-c" }) }));
        Assert.NotEqual(0, failure.Outputs?["exitCode"] ?? 1);
    }

    [Fact]
    public async Task Docker_that_does_not_answer_is_a_clear_failure()
    {
        var runner = new DockerRunner { Type = "scripts.runner.docker.Docker", Host = "tcp://127.0.0.1:1" };
        var failure = await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(Shell("true") with { TaskRunner = runner }));
        Assert.Contains("ocker", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_script_is_one_text()
    {
        await RunAsync(new ShellScript { Id = "t", Type = "scripts.shell.Script", TaskRunner = Process, Script = "for i in 1 2; do\n  echo $i {{ who }}\ndone\n" });
        Assert.Equal(["1 world", "2 world"], context.Lines.Select(line => line.Message));
    }

    [Fact]
    public async Task A_python_program_finds_its_input_files_as_neighbours()
    {
        await RunAsync(new PythonScript
        {
            Id = "t",
            Type = "scripts.python.Script",
            TaskRunner = Process,
            InputFiles = Data.Map(("helper.py", "answer = 42")),
            Script = "import helper, json\nprint('::' + json.dumps({'outputs': {'answer': helper.answer}}) + '::')",
            OutputFiles = new(new List<object?> { "*.py" }),
        });
        Assert.DoesNotContain(context.Lines, line => line.Level == LogLevel.Error);
        Assert.Equal(["helper.py"], Directory.GetFiles(context.WorkingDirectory).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_node_program_runs()
    {
        var outcome = await RunAsync(new NodeScript { Id = "t", Type = "scripts.node.Script", TaskRunner = Process, Script = "console.log('::' + JSON.stringify({outputs: {sum: 1 + 2}}) + '::')" });
        Assert.Equal("""{"sum":3}""", Data.Write(outcome.Outputs!["vars"]));
    }

    private static ProcessRunner Process => new() { Type = "core.runner.Process" };

    private static ShellCommands Shell(params object?[] commands) =>
        new() { Id = "t", Type = "scripts.shell.Commands", TaskRunner = Process, Commands = new(commands.ToList()) };

    private Task<TaskOutcome> RunAsync(RunnableTask task) => task.RunAsync(context, CancellationToken.None).AsTask();

    private static bool IsRunning(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1][0] != 'Z';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>There is no event for the end of a process that is not one's own child.</summary>
    private static async Task EndedAsync(int id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (IsRunning(id)) await Task.Delay(10, patience.Token);
    }
}
