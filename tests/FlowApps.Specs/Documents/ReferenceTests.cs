using FlowApps.Testing;

namespace FlowApps.Specs.Documents;

/// <summary>The reference pages say what the code says.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void Expression_reference_says_what_the_catalogue_says() => Same("expressions.md", LanguageReference.Expressions());

    [Fact]
    public void Plugin_reference_says_what_the_records_say() => Same("plugins.md", LanguageReference.Plugins());

    private static void Same(string name, string written)
    {
        var file = Repository.Path("docs", "reference", name);
        if (Environment.GetEnvironmentVariable("FLOWAPPS_WRITE_DOCS") == "1") File.WriteAllText(file, written);
        Assert.True(File.Exists(file) && File.ReadAllText(file) == written, $"docs/reference/{name} is not what the code says: FLOWAPPS_WRITE_DOCS=1 ./flowapps test Specs");
    }
}
