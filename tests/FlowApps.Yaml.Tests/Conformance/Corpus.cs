using System.Text.Json;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Engine.Executions;
using FlowApps.Plugins;
using FlowApps.Yaml.Flows;

namespace FlowApps.Yaml.Tests.Conformance;

/// <summary>The corpus of public Kestra flows beside the repository, when it is there.</summary>
internal static class Corpus
{
    private static readonly Lazy<JsonElement> Cases = new(() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder!, "cases.json"))).RootElement);

    public static string? Folder { get; } = Path.Combine(RepositoryFolder.Path, "..", "shared", "conformance") is var found && Directory.Exists(found) ? found : null;

    public static PluginCatalogue Catalogue { get; } = new([typeof(App).Assembly, typeof(EngineOptions).Assembly, typeof(PluginsAssembly).Assembly]);

    public static FlowReader Reader { get; } = new(Catalogue, new FlowReaderOptions());

    public static IEnumerable<JsonElement> Set(string name) => Folder is null ? [] : Cases.Value.GetProperty(name).EnumerateArray();

    public static string Read(string flow) => File.ReadAllText(Path.Combine(Folder!, "flows", flow));

    /// <summary>Whether the messages hold the expected one, with or without its leading path, as the kit compares.</summary>
    public static bool Says(JsonElement expected, IEnumerable<Problem> problems)
    {
        var text = string.Join("\n", problems);
        if (expected.ValueKind == JsonValueKind.True) return text.Length > 0;
        if (expected.ValueKind == JsonValueKind.Object) return text.Contains(expected.GetProperty("$contains").GetString()!, StringComparison.Ordinal);
        var words = expected.GetString()!.TrimEnd('.');
        var colon = words.IndexOf(": ", StringComparison.Ordinal);
        return text.Contains(words, StringComparison.Ordinal) || colon >= 0 && !words[..colon].Contains(' ') && text.Contains(words[(colon + 2)..], StringComparison.Ordinal);
    }
}

/// <summary>A theory over the corpus; skipped where the corpus is not.</summary>
public sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute()
    {
        if (Corpus.Folder is null) Skip = "The conformance corpus (../shared/conformance) is not here.";
    }
}
