using System.Text.RegularExpressions;
using FlowApps.Testing;

namespace FlowApps.Specs.Documents;

/// <summary>A page that names a test as its proof names one that there is.</summary>
public sealed partial class NamedTestsTests
{
    public static TheoryData<string> Pages => new(Directory.GetFiles(Repository.Path("docs"), "*.md").Select(Path.GetFileName).Where(page => Named().IsMatch(File.ReadAllText(Repository.Path("docs", page!)))).ToArray()!);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_test_that_a_page_names_is_there(string page)
    {
        var missing = Named().Matches(File.ReadAllText(Repository.Path("docs", page)))
            .Where(name => !Tests(name.Groups["class"].Value).Any(text => text.Contains($" {name.Groups["test"].Value}(", StringComparison.Ordinal)))
            .Select(name => name.Value);
        Assert.Empty(missing);
    }

    private static IEnumerable<string> Tests(string name) => Directory.EnumerateFiles(Repository.Path("tests"), name + ".cs", SearchOption.AllDirectories).Select(File.ReadAllText);

    [GeneratedRegex(@"\b(?<class>[A-Z]\w+Tests)\.(?<test>[A-Z]\w+)\b(?!\.cs)", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}
