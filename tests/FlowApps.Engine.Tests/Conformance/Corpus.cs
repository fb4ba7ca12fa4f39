using System.Text.Json;
using FlowApps.Domain.Values;
using FlowApps.Testing;

namespace FlowApps.Engine.Tests.Conformance;

/// <summary>The corpus of public Kestra flows beside the repository, when it is there.</summary>
internal static class Corpus
{
    private static readonly Lazy<JsonElement> Cases = new(() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder!, "cases.json"))).RootElement);

    public static string? Folder { get; } = Repository.Path("..", "shared", "conformance") is var found && Directory.Exists(found) ? found : null;

    public static IEnumerable<IReadOnlyDictionary<string, object?>> Set(string name) =>
        Folder is null ? [] : ((IReadOnlyList<object?>)Data.From(Cases.Value.GetProperty(name))!).Cast<IReadOnlyDictionary<string, object?>>();

    public static string Read(string flow) => File.ReadAllText(Path.Combine(Folder!, "flows", flow));
}

/// <summary>A theory over the corpus; skipped where the corpus is not.</summary>
public sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute()
    {
        if (Corpus.Folder is null) Skip = "The conformance corpus (../shared/conformance) is not here.";
    }
}
