using System.Diagnostics;
using System.Globalization;
using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>
/// Processes that say to the ledger that they begin, wait at a gate of their batch until the test opens it, and report which of their beginnings they are. Those of a batch whose
/// name begins with "fails" fail then.
/// </summary>
internal sealed class Held(Rig rig)
{
    private const string Id = "held";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly Dictionary<string, FileStream> gates = new(StringComparer.Ordinal);
    private readonly List<string> all = [];

    /// <summary>Execution ids, in the order of their start.</summary>
    public IReadOnlyList<string> All => all;

    public Task InstallAsync() => rig.Apis[0].InstallAsync(MixedLoad.Flow(Id, $$$"""
          - id: shell
            type: scripts.shell.Commands
            taskRunner: {type: core.runner.Process}
            commands:
              - N=$(cat /proc/sys/kernel/random/uuid); K={{ labels.key }}
              - "exec 3<>/dev/tcp/127.0.0.1/{{{rig.Ledger.Address.Port}}} && printf 'POST / HTTP/1.0\\r\\nIdempotency-Key: '$N'\\r\\nContent-Length: 22\\r\\n\\r\\n{{ execution.id }}' >&3 && head -1 <&3 > answer"
              - flock -s {{{rig.Folder}}}/${K%-*} true
              - case $K in fails*) exit 1;; esac
              - "echo '::{\"outputs\":{\"begun\":\"'$N'\"}}::'"
            interpreter: [/bin/bash, -c]
        """).Source);

    /// <summary>Starts a batch at a server behind a closed gate and waits until each has begun.</summary>
    public async Task<IReadOnlyList<string>> BeginAsync(int server, string batch, int count)
    {
        Close(batch);
        var begun = await Task.WhenAll(Enumerable.Range(0, count).Select(number => StartAsync(server, batch, number)));
        await UntilAsync(() => begun.All(id => Beginnings(id) > 0), $"all of {batch} have begun");
        return begun;
    }

    /// <summary>Starts one; it waits at the gate of its batch if there is one.</summary>
    public async Task<string> StartAsync(int server, string batch, int number)
    {
        var answer = await rig.Apis[server].StartAsync(Id, $"{batch}-{number.ToString(CultureInfo.InvariantCulture)}");
        Assert.True(answer is { IsAccepted: true }, $"{batch}-{number}: {answer?.Status} {answer?.Body}");
        lock (all) all.Add(answer!.Id);
        return answer.Id;
    }

    public void Close(string batch) => gates.Add(batch, new FileStream(Path.Combine(rig.Folder, batch), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

    public void Open(string batch)
    {
        if (gates.Remove(batch, out var gate)) gate.Dispose();
        else File.WriteAllText(Path.Combine(rig.Folder, batch), "");
    }

    public int Beginnings(string id) => rig.Ledger.Calls.Count(call => call.Body == id);

    /// <summary>How many processes of an execution there are on this machine.</summary>
    public static int Processes(string id) => Directory.EnumerateDirectories("/proc").Count(process => char.IsAsciiDigit(Path.GetFileName(process)[0]) && CommandLine(process).Contains(id, StringComparison.Ordinal));

    /// <summary>I6: what each has for its result is from the beginning that was handed out last.</summary>
    public async Task LastBeginningsWonAsync(int server)
    {
        foreach (var id in all)
        {
            var ended = await rig.Apis[server].ExecutionAsync(id);
            var state = ended.GetProperty("state").GetProperty("current").GetString();
            Assert.True(state == "SUCCESS", $"{id} is {state}");
            Assert.Equal(rig.Ledger.Calls.Last(call => call.Body == id).Key, ended.GetProperty("taskRunList")[0].GetProperty("outputs").GetProperty("vars").GetProperty("begun").GetString());
        }
    }

    public static Task UntilAsync(Func<bool> so, string what) => UntilAsync(() => Task.FromResult(so()), what);

    public static async Task UntilAsync(Func<Task<bool>> so, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!await so())
        {
            Assert.True(clock.Elapsed < Limit, $"It did not happen that {what}.");
            await Task.Delay(50);
        }
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has just ended.
            return "";
        }
    }
}
