using System.Text.Json;
using FlowApps.Yaml.Schema;
using FlowApps.Yaml.Tests.Fixtures;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Tests.Schema;

public sealed class SchemaTests
{
    private static readonly SchemaWriter Writer = new(Texts.Catalogue);

    [Theory]
    [InlineData("flow")]
    [InlineData("app")]
    [InlineData("task")]
    [InlineData("trigger")]
    [InlineData("plugindefault")]
    [InlineData("input")]
    [InlineData("APPS")]
    public void Every_reference_of_a_schema_leads_somewhere(string kind)
    {
        var schema = Writer.Find(kind)!;
        var check = new JsonSchemaCheck(schema);
        Assert.All(References(JsonDocument.Parse(schema).RootElement), r => Assert.NotEqual(JsonValueKind.Undefined, check.Resolve(r).ValueKind));
    }

    [Theory]
    [InlineData("{id: a, type: test.Say, message: x, level: WARN, loudness: 2, options: {twice: true}}", true)]
    [InlineData("{id: a, type: io.kestra.plugin.test.Say, message: x, volume: 2}", true)]
    [InlineData("{id: a, type: test.Say, message: x, retry: {type: constant, interval: PT1S}}", true)]
    [InlineData("{id: a, type: test.Group, tasks: [{id: b, type: test.Say, message: x}]}", true)]
    [InlineData("{id: a, type: test.Group, tasks: [{id: b, type: test.Say, mesage: x}]}", false)]
    [InlineData("{id: a, type: test.Say}", false)]
    [InlineData("{id: a, type: test.Say, message: x, level: LOUD}", false)]
    [InlineData("{id: a, type: test.Say, message: x, retry: {type: constant}}", false)]
    [InlineData("{id: a, type: nope}", false)]
    [InlineData("{id: a}", false)]
    public void Schema_judges_tasks_as_the_reader_does(string task, bool valid)
    {
        var source = $"id: one\nnamespace: company\nlabels: {{a: b}}\ninputs: [{{id: i, type: INT, min: 1}}]\ntasks:\n  - {task}\n";
        Assert.Equal(valid, Texts.Reader.Read(source).Problems.Count == 0);
        Assert.Equal(valid, new JsonSchemaCheck(Writer.Flow()).Violations(YamlText.Read(source).Root!.ToData()).Count == 0);
    }

    [Fact]
    public void Schema_refuses_a_field_that_the_type_of_input_has_not() =>
        Assert.NotEmpty(new JsonSchemaCheck(Writer.Flow()).Violations(YamlText.Read("id: a\nnamespace: b\ninputs: [{id: i, type: STRING, min: 1}]\ntasks: [{id: a, type: test.Say, message: x}]").Root!.ToData()));

    [Fact]
    public void Docs_tell_type_default_and_whether_it_is_needed()
    {
        var doc = new PluginDocs(Texts.Catalogue).Find("io.old.Say")!;
        Assert.Equal(("test.Say", "task", "Say", "io.kestra.plugin.test.Say", "test"), (doc.Type, doc.Kind, doc.Title, doc.FullName, doc.Group));

        var properties = doc.Properties.ToDictionary(p => p.Name);
        Assert.Equal(("string", true, true), (properties["message"].Type, properties["message"].Required, properties["message"].Dynamic));
        Assert.Equal((3, "integer"), (properties["loudness"].Default, properties["loudness"].Type));
        Assert.Equal(("INFO", "WARN"), ((string)properties["level"].Default!, properties["level"].Values[3]));
        Assert.Equal(["words", "twice"], properties["options"].Properties.Select(p => p.Name));
        Assert.True(properties["text"].Deprecated);
        Assert.True(properties["timeout"].Common);
        Assert.False(properties["message"].Common);
        Assert.Equal("id", doc.Properties[0].Name);
    }

    [Fact]
    public void Docs_carry_the_summaries_of_the_code_without_its_inner_references()
    {
        var docs = new PluginDocs(Texts.Catalogue);
        Assert.Equal("A list of row maps, or an expression that gives one.", docs.Find("apps.core.blocks.Table")!.Properties.Single(p => p.Name == "data").Description);
        Assert.DoesNotContain("kestra-semantics", Writer.Flow(), StringComparison.Ordinal);
        Assert.Contains("A parsed and validated flow of one revision.", Writer.Flow(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == "$ref" ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
