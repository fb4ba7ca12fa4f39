using FlowApps.Domain.Executions;
using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Plugins;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.FlowTests;

/// <summary>From the text of a flow's tests to the tests, with every problem at once.</summary>
public sealed class FlowTestReader(PluginCatalogue catalogue)
{
    private readonly DocumentReader<FlowTestSuite> document = new(catalogue, "Tests of a flow are expected: a map with `id`, `namespace`, `flowId` and `testCases`.", Check);

    public FlowTestReading Read(string source)
    {
        var (suite, problems) = document.Read(YamlText.Read(source));
        return new FlowTestReading(suite, problems);
    }

    private static void Check(FlowTestSuite suite, Findings findings)
    {
        if (findings.GivesNone(suite, "testCases")) findings.Report(suite, "empty_list", "must not be empty", "testCases");
        foreach (var twice in suite.TestCases.GroupBy(one => one.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
            findings.Report(twice.ElementAt(1), "duplicate_id", $"Two cases are called `{twice.Key}`", "id", "Give each case an id of its own.");
        foreach (var one in suite.TestCases)
        {
            if (one.Type != FlowTestCase.UnitTest) findings.Report(one, "unknown_type", $"Invalid type: {one.Type}", "type", $"Did you mean `{FlowTestCase.UnitTest}`?");
            if (one.Assertions.Count == 0 && one.ExpectedState is null) findings.Report(one, "missing_field", "must not be empty", "assertions", "Say what must be true: `assertions`, or the `expectedState`.");
            foreach (var name in one.Fixtures.Files.Keys.Where(name => Identifiers.Problem(name, IdKind.Flow) is not null))
                findings.Report(one, "invalid_id", $"'{name}' is no name of a file: letters and digits, after the first also . _ -", "fixtures.files");
            foreach (var fixture in one.Fixtures.Tasks.Where(fixture => !fixture.State.IsTerminal))
                findings.Report(fixture, "wrong_value", $"{fixture.State.Word} is no end of a task", "state", "One of SUCCESS, WARNING, FAILED, SKIPPED.");
            foreach (var assertion in one.Assertions.Where(assertion => !assertion.Comparisons().Any()))
                findings.Report(assertion, "missing_field", "compares with nothing", null, "Add `equalTo`, `contains`, `isNotNull` or another comparison.");
        }
    }
}
