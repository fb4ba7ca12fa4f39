using FlowApps.Yaml.Apps;
using FlowApps.Yaml.Schema;
using FlowApps.Yaml.Tests.Schema;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Tests.Conformance;

/// <summary>The examples of this repository are read without problems, by readers and editors alike.</summary>
public sealed class ExampleTests
{
    private static readonly SchemaWriter Schemas = new(Corpus.Catalogue);

    [Fact]
    public void Every_plugin_is_documented() =>
        Assert.Equal([], new PluginDocs(Corpus.Catalogue).All.Where(d => d.Kind != "block" && (d.Description is null || d.Kind == "other" || d.Properties.All(p => p.Name != "type"))).Select(d => d.Type));

    public static TheoryData<string> Examples() =>
        [.. Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Path, "examples"), "*.yaml", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(Path.GetDirectoryName(f)) is "flows" or "apps")
            .Select(f => Path.GetRelativePath(RepositoryFolder.Path, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_is_valid(string file)
    {
        var source = File.ReadAllText(Path.Combine(RepositoryFolder.Path, file));
        var isApp = file.Contains($"{Path.DirectorySeparatorChar}apps{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        Assert.Empty(isApp ? new AppReader(Corpus.Catalogue).Read(source).Problems : Corpus.Reader.Read(source).Problems);
        Assert.Empty(new JsonSchemaCheck(isApp ? Schemas.App() : Schemas.Flow()).Violations(YamlText.Read(source).Root!.ToData()));
    }
}
