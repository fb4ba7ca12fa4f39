using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Tests.Files;

public sealed class GlobTests
{
    [Theory]
    [InlineData("*.txt", "a.txt", true)]
    [InlineData("*.txt", "in/a.txt", false)]
    [InlineData("**/*.txt", "a.txt", true)]
    [InlineData("**/*.txt", "in/deep/a.txt", true)]
    [InlineData("**.txt", "in/a.txt", true)]
    [InlineData("out/*", "out/.hidden", true)]
    [InlineData("out/*", "out/deep/a", false)]
    [InlineData("out/**", "out/deep/a", true)]
    [InlineData("file-?.{csv,json}", "file-1.json", true)]
    [InlineData("file-?.{csv,json}", "file-12.json", false)]
    [InlineData("[a-c]1", "b1", true)]
    [InlineData("[!a-c]1", "b1", false)]
    [InlineData("/lead.txt", "lead.txt", true)]
    [InlineData("glob:*.txt", "a.txt", true)]
    [InlineData("a+(b).txt", "a+(b).txt", true)]
    public void Patterns_match_as_shells_do(string pattern, string path, bool matches) => Assert.Equal(matches, Glob.Parse(pattern).Matches(path));

    [Theory]
    [InlineData("a.txt", "/in/a.txt", true)]
    [InlineData("/a.txt", "/in/a.txt", false)]
    [InlineData("in/*", "/in/a.txt", true)]
    public void Patterns_for_namespace_files_match_at_any_depth(string pattern, string path, bool matches) => Assert.Equal(matches, Glob.ParseAnywhere(pattern).Matches(path));
}
