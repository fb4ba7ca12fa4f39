using System.Globalization;
using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>Disks that refuse to write: what did not reach them is not acknowledged, and what was acknowledged is there.</summary>
public sealed class DiskTests
{
    private static readonly int FlushesOfTheLog = Times.Of(4, 60);
    private static readonly int WritesOfFiles = Times.Of(100, 200);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [StraceFact]
    public async Task Nothing_is_acknowledged_after_a_flush_of_the_database_that_failed()
    {
        await using var rig = await Rig.StartAsync(servers: 1);
        await rig.InstallAsync();
        var (failed, sent, traces) = (0, 0, 0);
        while (failed < FlushesOfTheLog)
        {
            // The database ends itself at such an error and is started again, now and then as another process.
            if (rig.Postmaster() is not { } postmaster)
            {
                await Task.Delay(100);
                continue;
            }
            await using var tracer = await Tracer.AttachAsync(postmaster, Path.Combine(rig.Folder, $"trace-{traces++}"), "fdatasync:error=EIO:when=2+2");
            while (!tracer.HasEnded && failed + tracer.Injected < FlushesOfTheLog) await SendAsync(rig, $"disk-{sent++}");
            failed += tracer.Injected;
        }
        while (!await SendAsync(rig, "after")) await Task.Delay(100);
        await rig.Servers[0].KillAsync();
        await rig.RunAgainAsync(0);
        Assert.Empty(await rig.SettleAsync(Limit));
        var violations = await rig.Invariants.AtTheEndAsync(rig.Acks.Lines, [], []);
        Assert.True(violations.Count == 0, $"{string.Join("\n", violations)}\n{await Stories.TellAsync(rig, violations)}");
        Report.Goal($"R-16: {failed} flushes of the database failed with EIO during {sent} submissions; {rig.Acks.Count - 1} were acknowledged, after a repeat, and all are there");
    }

    [StraceFact]
    public async Task File_is_not_acknowledged_when_a_write_or_flush_of_it_failed()
    {
        await using var rig = await Rig.StartAsync(servers: 1);
        var (refused, acknowledged) = (0, new Dictionary<string, string>(StringComparer.Ordinal));
        int failed;
        await using (var tracer = await Tracer.AttachAsync(rig.Servers[0].Id, Path.Combine(rig.Folder, "trace"), "fsync:error=EIO:when=5+9", "pwrite64:error=ENOSPC:when=3+7"))
        {
            for (var number = 0; tracer.Injected < WritesOfFiles; number++)
            {
                var (path, content) = ($"/file-{number.ToString(CultureInfo.InvariantCulture)}", $"content of file {number}");
                var before = tracer.Injected;
                var answer = await rig.Apis[0].UploadAsync("disk", path, content);
                if (answer is { IsAccepted: true })
                {
                    Assert.True(tracer.Injected == before, $"{path} was acknowledged although a write of it had failed: {string.Join(" | ", tracer.Failures.Skip(before))}");
                    acknowledged[path] = content;
                }
                else
                {
                    Assert.True(answer is { Status: 503, SaysWhenToRetry: true }, $"{path}: {answer?.Status} {answer?.Body}");
                    Assert.True(tracer.Injected > before, $"{path} was refused although nothing had failed.");
                    refused++;
                }
            }
            failed = tracer.Injected;
        }
        await rig.Servers[0].KillAsync();
        await rig.RunAgainAsync(0);
        foreach (var (path, content) in acknowledged) Assert.Equal(content, await rig.Apis[0].NamespaceFileAsync("disk", path));
        Assert.NotEmpty(acknowledged);
        Report.Goal($"R-16: {failed} writes and flushes of internal storage failed with ENOSPC or EIO; {refused} uploads were refused with 503, {acknowledged.Count} acknowledged: 0 after a failed write, all are there");
    }

    private static async Task<bool> SendAsync(Rig rig, string key)
    {
        if (await rig.Apis[0].StartAsync("quick", key) is not { IsAccepted: true } answer) return false;
        rig.Acks.Write(key, answer.Id);
        return true;
    }
}
