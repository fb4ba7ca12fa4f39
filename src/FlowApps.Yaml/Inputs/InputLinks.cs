using FlowApps.Domain.Inputs;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Inputs;

/// <summary>What a list of inputs must be as a whole: ids once, dependencies that exist and do not go round (kestra-semantics 1.3).</summary>
internal static class InputLinks
{
    public static void Check(IReadOnlyList<InputDefinition> inputs, YamlSequence source, NodePath path, Findings findings)
    {
        var twice = inputs.GroupBy(i => i.Id, StringComparer.Ordinal).Where(g => g.Count() > 1).ToList();
        if (twice.Count > 0)
            findings.Report(twice[0].ElementAt(1), "duplicate_id", $"Duplicate input with name [{string.Join(", ", twice.Select(g => g.Key))}]", "id", "Give each input an id of its own.");
        // Inputs that could not be bound have had their own problems; who depends on them has not.
        var known = source.Items.OfType<YamlMapping>().SelectMany(Names).ToHashSet(StringComparer.Ordinal);
        var links = inputs.DistinctBy(i => i.Id, StringComparer.Ordinal).ToDictionary(i => i.Id, i => i.DependsOn?.Inputs ?? [], StringComparer.Ordinal);
        foreach (var input in inputs)
            for (var i = 0; i < (input.DependsOn?.Inputs.Count ?? 0); i++) CheckLink(input, i, known, links, findings);
    }

    private static void CheckLink(InputDefinition input, int at, HashSet<string> known, Dictionary<string, IReadOnlyList<string>> links, Findings findings)
    {
        var wanted = input.DependsOn!.Inputs[at];
        var below = $"dependsOn.inputs[{at}]";
        if (wanted == input.Id) findings.Report(input, "cyclic_dependency", $"Cyclic dependency: input '{input.Id}' cannot depend on itself", below);
        else if (!known.Contains(wanted))
            findings.Report(input, "unknown_input", $"Input with id '{input.Id}' depends on a non-existent input '{wanted}'", below, Nearest.To(wanted, known) is { } near ? $"Did you mean `{near}`?" : null);
        else if (Reaches(wanted, input.Id, links, [])) findings.Report(input, "cyclic_dependency", $"Cyclic dependency: input '{input.Id}' cannot depend on '{wanted}', which depends on it", below);
    }

    private static bool Reaches(string from, string target, Dictionary<string, IReadOnlyList<string>> links, HashSet<string> seen) =>
        from == target || seen.Add(from) && links.TryGetValue(from, out var next) && next.Any(n => Reaches(n, target, links, seen));

    private static IEnumerable<string> Names(YamlMapping input)
    {
        if ((input.Text("id") ?? input.Text("name")) is not { } id) yield break;
        yield return id;
        if (input["inputs"] is not YamlSequence parts) yield break;
        foreach (var part in parts.Items.OfType<YamlMapping>().SelectMany(Names)) yield return $"{id}.{part}";
    }
}
