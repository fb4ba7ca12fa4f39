using System.Text;
using System.Text.RegularExpressions;
using FlowApps.Testing.Servers;

namespace FlowApps.Survival;

/// <summary>What became of the executions that violations name: every event, every log line and what the servers said of them, so that a failed run explains itself.</summary>
internal static partial class Stories
{
    private const int MostExecutions = 5;
    private const int LongestLine = 1200;
    private const int LinesOfFault = 15;

    public static async Task<string> TellAsync(Rig rig, IEnumerable<string> violations)
    {
        var story = new StringBuilder();
        foreach (var id in violations.SelectMany(line => ExecutionId().Matches(line)).Select(match => match.Value).Distinct().Take(MostExecutions))
        {
            story.AppendLine(id);
            foreach (var events in await rig.Invariants.EventsAsync(id)) Add(story, "event", events);
            foreach (var line in await rig.Invariants.AskAsync($"select concat_ws(' ', at, level, 'attempt ' || attempt, task_id, message) from logs where execution_id = '{id}' order by at, seq")) Add(story, "log", line);
            foreach (var line in await rig.Invariants.AskAsync($"select concat_ws(' ', kind, task_run_id, 'epoch', epoch, 'attempt', attempt, 'of', owner, 'until', lease_until) from work where execution_id = '{id}'")) Add(story, "work", line);
            foreach (var (line, server) in rig.Servers.SelectMany(Said)) if (line.Contains(id, StringComparison.Ordinal)) Add(story, $"server {server}", line);
        }
        // A fault of the product's own tells its client only a reference; the server said more behind it.
        foreach (var reference in violations.SelectMany(line => Reference().Matches(line)).Select(match => match.Value).Distinct().Take(MostExecutions))
            foreach (var server in rig.Servers)
                foreach (var line in server.Output.Split('\n').SkipWhile(line => !line.Contains(reference, StringComparison.Ordinal)).Take(LinesOfFault)) Add(story, reference, line);
        return story.ToString();

        static IEnumerable<(string Line, int Server)> Said(ServerProcess server, int number) => server.Output.Split('\n').Select(line => (line, number));
    }

    private static void Add(StringBuilder story, string what, string line) => story.Append("    ").Append(what).Append(": ").AppendLine(line.Length > LongestLine ? line[..LongestLine] + " …" : line.ReplaceLineEndings(" | "));

    [GeneratedRegex(@"\b[0-9A-Za-z]{20,24}\b")]
    private static partial Regex ExecutionId();

    [GeneratedRegex(@"\b0H[0-9A-Z]{11}:[0-9A-F]{8}\b")]
    private static partial Regex Reference();
}
