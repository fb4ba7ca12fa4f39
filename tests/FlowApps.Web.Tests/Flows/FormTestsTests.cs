using FlowApps.Testing;
using FlowApps.Web.Flows.Tests;

namespace FlowApps.Web.Tests.Flows;

public sealed class FormTestsTests
{
    [Fact]
    public async Task The_tests_of_the_examples_hold_without_a_server()
    {
        var output = new StringWriter();
        Assert.Equal(0, await CommandLine.RunAsync([Repository.Path("examples")], output));
        Assert.Contains("4 as expected, 0 not", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_as_expected_is_said_case_by_case()
    {
        var folder = Directory.CreateTempSubdirectory("flowapps-suite-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "flow.yaml"), """
                id: order
                namespace: shop
                inputs:
                  - {id: kind, type: SELECT, values: [A, B], defaults: A}
                  - {id: why, type: STRING, dependsOn: {inputs: [kind], condition: "{{ inputs.kind == 'B' }}"}}
                checks:
                  - {condition: "{{ inputs.kind == 'A' }}", message: Only A goes through., behavior: BLOCK_EXECUTION}
                tasks: [{id: log, type: core.log.Log, message: hi}]
                """);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "tests.yaml"), """
                namespace: shop
                flowId: order
                cases:
                  - {name: holds, given: {}, expect: {hidden: [why], values: {kind: A}, choices: {kind: [A, B]}, sendable: true}}
                  - {name: blocked, given: {kind: B, why: because}, expect: {errors: {}, checks: [only a], sendable: false}}
                  - {name: wrong, given: {kind: C}, expect: {visible: [why, size], errors: {}, values: {kind: B}, sendable: true, page: [Hello]}}
                """);
            var output = new StringWriter();
            Assert.Equal(1, await CommandLine.RunAsync([folder.FullName], output));
            var said = output.ToString();
            Assert.Contains("2 as expected, 1 not", said, StringComparison.Ordinal);
            foreach (var difference in new[] { "visible: why is not asked for", "there is no field size", "errors: kind is wrong too", "values: kind is", "sendable: it could not be sent", "page: the tests name no app" })
                Assert.Contains(difference, said, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
