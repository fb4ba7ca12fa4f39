using FlowApps.Testing;
using FlowApps.Web.FlowTests;

namespace FlowApps.Web.Tests.Flows;

public sealed class FlowTestCommandTests
{
    [Fact]
    public async Task The_tests_of_the_examples_hold_with_a_database_of_their_own()
    {
        var output = new StringWriter();
        var code = await FlowTestCommand.RunAsync([Repository.Path("examples")], output);
        Assert.True(code == 0, output.ToString());
        Assert.Contains("3 passed, 0 failed, 0 could not be run", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_beside_a_flow_are_those_of_its_namespace()
    {
        var folder = Directory.CreateTempSubdirectory("flowapps-flow-suite-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "flows"));
            Directory.CreateDirectory(Path.Combine(folder.FullName, "files", "texts"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "files", "texts", "hello.yaml"), "Ahoy");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "flows", "flow.yaml"), "id: greet\nnamespace: shop\ntasks: [{id: say, type: core.debug.Return, format: \"{{ read('texts/hello.yaml') }}\"}]\n");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "tests.yaml"), "id: greetings\nnamespace: shop\nflowId: greet\ntestCases:\n  - {id: says, assertions: [{value: \"{{ outputs.say.value }}\", equalTo: Ahoy}]}\n");
            var output = new StringWriter();
            var code = await FlowTestCommand.RunAsync([folder.FullName], output);
            Assert.True(code == 0, output.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_failed_and_what_could_not_be_run_is_said_case_by_case()
    {
        var folder = Directory.CreateTempSubdirectory("flowapps-flow-suite-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "flow.yaml"), "id: sum\nnamespace: shop\ntasks: [{id: add, type: core.debug.Return, format: \"{{ 1 + 1 }}\"}]\n");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "tests.yaml"), """
                id: sums
                namespace: shop
                flowId: sum
                testCases:
                  - {id: right, assertions: [{value: "{{ outputs.add.value }}", equalTo: 2}]}
                  - {id: wrong, assertions: [{value: "{{ outputs.add.value }}", equalTo: 3}]}
                """);
            var output = new StringWriter();
            Assert.Equal(1, await FlowTestCommand.RunAsync([folder.FullName], output));
            Assert.Contains("equalTo 3 does not hold", output.ToString(), StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "more.yaml"), "id: lost\nnamespace: shop\nflowId: gone\ntestCases: [{id: a, expectedState: SUCCESS}]\n");
            Assert.Equal(2, await FlowTestCommand.RunAsync([folder.FullName], output));
            Assert.Contains("the flow shop.gone is not among the files", output.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
