using System.Text.RegularExpressions;
using FlowApps.Testing;

namespace FlowApps.Specs.Architecture;

/// <summary>
/// Whoever writes something durable, or hands something over that must not be lost, names the moment beside it as a crash point (<c>Fault.Point</c>), so that the survival tests
/// die there. What needs no point of its own says which point stands for it.
/// </summary>
public sealed partial class CrashPointsTests
{
    /// <summary>Member (file without ending, member) and the point of another member that stands right before or behind the same write.</summary>
    private static readonly Dictionary<string, string> Beside = new(StringComparer.Ordinal)
    {
        ["DocumentStore.WriteAsync"] = "batch-before-send",
        ["ExecutionStore.CommitAsync"] = "batch-before-send",
        ["LogStore.AppendAsync"] = "batch-before-send",
        ["LogStore.AppendMetricsAsync"] = "batch-before-send",
        ["Quarantine.TellAsync"] = "batch-before-send",
        ["TriggerStore.StoreAsync"] = "batch-before-send",
        ["ExecutionHandler.ForgetAsync"] = "batch-before-send",
        ["Listeners.BeginAsync"] = "batch-before-send",
        ["Listeners.LetGoAsync"] = "batch-before-send",
        ["Listeners.ListenAsync"] = "batch-before-send",
        ["MissedWindows.LookAsync"] = "batch-before-send",
        ["Polls.LetGoAsync"] = "batch-before-send",
        ["TriggerDesk.ChangeAsync"] = "batch-before-send",
        ["TriggerLocks.FreeDepartedAsync"] = "batch-before-send",
        ["TriggerRows.ChangeAsync"] = "batch-before-send",
        ["Departed.FreeOwnAsync"] = "change-before-send",
        ["LogStore.DeleteMetricsAsync"] = "change-before-send",
        ["NotificationFeature.MapMessages"] = "change-before-send",
        ["Postman.MailAsync"] = "change-before-send",
        ["Postman.TakeAsync"] = "change-before-send",
        ["WorkerRole.ReleaseAsync"] = "change-before-send",
        ["FlowRegistry.AppendAsync"] = "flow-before-append",
        ["FlowRegistry.DeleteAsync"] = "flow-before-append",
        ["Polls.MoveAsync"] = "poll-found-before-start",
        ["Recovery.Ring"] = "timer-before-ring",
        ["Recovery.WakeAsync"] = "left-letter-before-delivery",
        ["WorkQueue.RenewAsync"] = "leases-before-renewal",
        ["Worker.RunAsync"] = "attempt-before-run",
    };

    /// <summary>Members that leave nothing half done, and why.</summary>
    private static readonly Dictionary<string, string> Harmless = new(StringComparer.Ordinal)
    {
        ["CipherKey.Make"] = "the key is there before anything is encrypted with it",
        ["CommitPipeline.QuietlyAsync"] = "a sign of life, given again soon",
        ["CommitPipeline.RegisterAsync"] = "the writer makes itself known before its first batch",
        ["Database.ListenAsync"] = "listens",
        ["ExecutionHandler.TryRetryLater"] = "tells itself again what its rows still say",
        ["LocalFileStore.MoveAsync"] = "one rename, and whoever asked is answered after it",
        ["Migrations.RunAsync"] = "one transaction, before anybody is served",
        ["Neighbourhood.ListenAsync"] = "a lock that lives as long as its connection",
        ["Postman.RoundAsync"] = "a lease that runs out",
    };

    [Fact]
    public void Every_append_and_every_send_has_a_crash_point_beside_it()
    {
        var missing = Members().Where(member => Write().IsMatch(member.Text) && !Point().IsMatch(member.Text) && !Beside.ContainsKey(member.Name) && !Harmless.ContainsKey(member.Name)).Select(member => member.Name).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(missing.Count == 0, $"These write or hand over without a Fault.Point; name the moment before it, or say here which point stands for it:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void What_has_no_point_of_its_own_names_one_that_exists()
    {
        var points = Sources().SelectMany(file => Point().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Beside.Values.Except(points));
        var writing = Members().Where(member => Write().IsMatch(member.Text)).Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Beside.Keys.Concat(Harmless.Keys).Except(writing));
    }

    /// <summary>Every member of every type of the rooms that remember and drive: lines from one that is indented by four to the next.</summary>
    private static IEnumerable<(string Name, string Text)> Members() =>
        from file in Sources()
        from match in Member().Matches(File.ReadAllText(file))
        select ($"{Path.GetFileNameWithoutExtension(file)}.{match.Groups[1].Value}", match.Value);

    private static IEnumerable<string> Sources() =>
        from room in new[] { "Storage", "Runtime", "Web" }
        from file in Directory.EnumerateFiles(Repository.Path("src", $"FlowApps.{room}"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select file;

    [GeneratedRegex("""Fault\.Point\("([a-z-]+)"\)""")]
    private static partial Regex Point();

    /// <summary>What reaches the disk of the database or of internal storage, what leases it, and what is handed to another execution or to the world.</summary>
    [GeneratedRegex("""ExecuteNonQueryAsync\(|(List|First|Rows)Async\([^;]*\b(insert into|update \w+ set|delete from)\b|File\.Move\(|\b(store|queue|pipeline)\.(Commit|Store|Append|Claim|Renew|Release|Sent|Failed)Async\(|\bpost\.Post\(|\.ConfirmAsync\(|BasicPublishAsync\(|mailer\.SendAsync\(""")]
    private static partial Regex Write();

    [GeneratedRegex("""^    (?:public|private|protected|internal)[^\n;={]*?\b(\w+)(?:<\w+>)?\([\s\S]*?(?=^    (?:///|\[|public|private|protected|internal|\})|^\})""", RegexOptions.Multiline)]
    private static partial Regex Member();
}
