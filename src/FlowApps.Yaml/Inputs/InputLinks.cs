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
        var round = Round(inputs);
        foreach (var input in inputs)
            for (var i = 0; i < (input.DependsOn?.Inputs.Count ?? 0); i++) CheckLink(input, i, path, known, round, findings);
    }

    private static void CheckLink(InputDefinition input, int at, NodePath path, HashSet<string> known, HashSet<string> round, Findings findings)
    {
        var wanted = input.DependsOn!.Inputs[at];
        var below = $"dependsOn.inputs[{at}]";
        if (wanted == input.Id) findings.Report(input, "cyclic_dependency", $"Cyclic dependency: input '{input.Id}' cannot depend on itself", below);
        else if (!known.Contains(wanted))
            findings.Report(input, "unknown_input", $"Input with id '{input.Id}' depends on a non-existent input '{wanted}'", below, Hint(wanted, path, known, findings));
        else if (round.Contains(input.Id) && round.Contains(wanted)) findings.Report(input, "cyclic_dependency", $"Cyclic dependency: input '{input.Id}' cannot depend on '{wanted}', which depends on it", below);
    }

    private static string? Hint(string wanted, NodePath path, HashSet<string> known, Findings findings)
    {
        var inside = path.ToString().EndsWith("].inputs", StringComparison.Ordinal) && wanted.Contains('.', StringComparison.Ordinal);
        if (inside && wanted[(wanted.LastIndexOf('.') + 1)..] is var own && known.Contains(own)) return $"Did you mean `{own}`? Among the inputs of one FORM its own name is left out.";
        if (inside) return "Only inputs of the same FORM can be listed here; write what depends on others as the `condition`, such as \"{{ inputs." + wanted + " == 'x' }}\".";
        return findings.Nearest(wanted, known) is { } near ? $"Did you mean `{near}`?" : null;
    }

    /// <summary>The inputs that depend on each other in a circle: what is left when those that wait for nothing, or that nothing waits for, are taken away again and again.</summary>
    private static HashSet<string> Round(IReadOnlyList<InputDefinition> inputs)
    {
        var needs = inputs.DistinctBy(i => i.Id, StringComparer.Ordinal).ToDictionary(i => i.Id, i => i.DependsOn?.Inputs ?? [], StringComparer.Ordinal);
        var neededBy = needs.SelectMany(n => n.Value.Where(needs.ContainsKey).Distinct(StringComparer.Ordinal), (n, needed) => (n.Key, Needed: needed)).ToLookup(n => n.Needed, n => n.Key, StringComparer.Ordinal);
        var left = Pruned(needs.Keys, id => needs[id].Where(needs.ContainsKey).Distinct(StringComparer.Ordinal), id => neededBy[id]);
        return Pruned(left, id => neededBy[id].Where(left.Contains), id => needs[id].Where(left.Contains).Distinct(StringComparer.Ordinal));
    }

    private static HashSet<string> Pruned(IEnumerable<string> ids, Func<string, IEnumerable<string>> before, Func<string, IEnumerable<string>> after)
    {
        var open = ids.ToDictionary(id => id, id => before(id).Count(), StringComparer.Ordinal);
        var free = new Queue<string>(open.Where(o => o.Value == 0).Select(o => o.Key));
        while (free.TryDequeue(out var id))
        {
            open.Remove(id);
            foreach (var next in after(id))
                if (open.ContainsKey(next) && --open[next] == 0) free.Enqueue(next);
        }
        return [.. open.Keys];
    }

    private static IEnumerable<string> Names(YamlMapping input)
    {
        if ((input.Text("id") ?? input.Text("name")) is not { } id) yield break;
        yield return id;
        if (input["inputs"] is not YamlSequence parts) yield break;
        foreach (var part in parts.Items.OfType<YamlMapping>().SelectMany(Names)) yield return $"{id}.{part}";
    }
}
