using System.Globalization;
using System.Text;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Storage.Executions.Writing;

namespace FlowApps.Storage.Executions;

/// <summary>How news is written on the wire between processes: the sender in the first line, then a line for each word.</summary>
internal static class NeighbourWords
{
    /// <summary>PostgreSQL carries less than 8000 bytes in one notification.</summary>
    private const int MostBytes = 7500;
    private const string Work = "work";
    private const string Flows = "flows";
    private const string Moved = "moved";

    public static string FlowsChanged(string sender) => $"{sender}\n{Flows}";

    /// <summary>What others may want to know of these commits; none when it concerns nobody else.</summary>
    public static string[] Of(string sender, IReadOnlyList<PreparedCommit> commits)
    {
        var said = new List<string>();
        var words = new StringBuilder(sender);
        if (commits.Any(commit => commit.Commit.AddWork.Any(work => work.Owner is null))) Say(Work);
        foreach (var append in commits.SelectMany(commit => commit.Commit.Appends))
            Say(string.Create(CultureInfo.InvariantCulture, $"{Moved} {append.ExecutionId} {append.ExpectedVersion + append.Events.Count} {append.State.State.Current} {append.State.Namespace} {append.State.FlowId}"));
        if (words.Length > sender.Length) said.Add(words.ToString());
        return [.. said];

        void Say(string word)
        {
            if (Encoding.UTF8.GetMaxByteCount(words.Length + word.Length) > MostBytes)
            {
                said.Add(words.ToString());
                words.Clear().Append(sender);
            }
            words.Append('\n').Append(word);
        }
    }

    /// <summary>What another process said; nothing when it was this one.</summary>
    public static IEnumerable<NeighbourNews> Read(string said, string self)
    {
        var lines = said.Split('\n');
        return lines[0] == self ? [] : lines.Skip(1).Select(Word).OfType<NeighbourNews>();
    }

    /// <summary>A word this version does not know is for newer ones.</summary>
    private static NeighbourNews? Word(string line) => line.Split(' ') switch
    {
        [Work] => new NeighbourNews.WorkWaits(),
        [Flows] => new NeighbourNews.FlowsChanged(),
        [Moved, var id, var version, var state, var ns, var flow] when Enum.TryParse<State>(state, out var known) =>
            new NeighbourNews.ExecutionMoved(new ExecutionNews(id, long.Parse(version, CultureInfo.InvariantCulture), known, new FlowId(ns, flow))),
        _ => null,
    };
}
