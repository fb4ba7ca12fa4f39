using FlowApps.Domain.Problems;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Binding;

/// <summary>Everything found out while one document is bound, and where each record came from. <c>root</c> is the document's own node.</summary>
internal sealed class Findings(YamlNode? root)
{
    /// <summary>Nobody reads more at once, and a hostile text must not make us think about each of its lines.</summary>
    public const int Most = 100;

    private readonly Dictionary<object, (YamlNode Node, NodePath Path)> places = new(ReferenceEqualityComparer.Instance);

    public List<Problem> Problems { get; } = [];
    public List<Problem> Warnings { get; } = [];
    public List<string> Infos { get; } = [];
    public List<string> DeprecationPaths { get; } = [];

    public void Report(string code, string message, NodePath path, YamlNode at, string? suggestion = null)
    {
        if (Problems.Count < Most) Problems.Add(Placed(code, message, path.ToString(), at, suggestion));
    }

    public void Warn(string code, string message, NodePath path, YamlNode at, string? suggestion = null)
    {
        if (Warnings.Count < Most) Warnings.Add(Placed(code, message, path.ToString(), at, suggestion));
    }

    /// <summary>What somebody meant, see <see cref="Binding.Nearest"/>; null once there are enough problems.</summary>
    public string? Nearest(string written, IEnumerable<string> words) => Problems.Count < Most ? Binding.Nearest.To(written, words) : null;

    /// <summary>Reports what a record says about itself: the path is relative to it.</summary>
    public void Report(object record, Problem problem)
    {
        if (Problems.Count >= Most) return;
        // What a record makes up itself (the parts of a ForEachItem) stands nowhere in the text.
        var (node, path) = places.TryGetValue(record, out var place) ? place : (root!, NodePath.Root);
        Problems.Add(Placed(problem.Code, problem.Message, path.Below(problem.Path), NodeLocator.Find(node, problem.Path), problem.Suggestion));
    }

    public void Report(object record, string code, string message, string? below = null, string? suggestion = null) =>
        Report(record, new Problem(code, message, below, Suggestion: suggestion));

    public void Keep(object record, YamlNode node, NodePath path) => places[record] = (node, path);

    /// <summary>Whether a record's text gives nothing for a list: what it gives may have been lost to problems of its own.</summary>
    public bool GivesNone(object record, string list) => ((YamlMapping)places[record].Node)[list] is null or YamlScalar { IsNull: true } or YamlSequence { Items.Count: 0 };

    private static Problem Placed(string code, string message, string path, YamlNode at, string? suggestion) =>
        new(code, message, path.Length == 0 ? null : path, at.Line == 0 ? null : at.Line, at.Line == 0 ? null : at.Column, suggestion);
}
