using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Engine.Inputs;
using FlowApps.Expressions;

namespace FlowApps.Engine.Tests;

public sealed class InputTests
{
    private static readonly InputResolver Resolver = new(new ExpressionEngine(new ExpressionOptions()));

    private static IReadOnlyList<ResolvedInput> Resolve(string inputs, params ReadOnlySpan<(string, object?)> given) =>
        Resolver.Resolve(Harness.Flows.Of($"inputs:\n{inputs}\ntasks: [{{id: a, type: test.Work}}]").Inputs, Data.Map(given), Scope.Empty, text => $"closed:{text}");

    private static string Outcome(ResolvedInput input) => input.Errors.Count > 0 ? input.Errors[0].Message : Data.Write(input.Value);

    [Theory]
    [InlineData("STRING", "text", "\"text\"")]
    [InlineData("INT", "42", "42")]
    [InlineData("INT", "5000000000", "5000000000")]
    [InlineData("INT", "4.2", "Invalid input for `x`, Expected `INT` but received `4.2`, but received `4.2`")]
    [InlineData("FLOAT", "4.20", "4.2")]
    [InlineData("BOOL", "TRUE", "true")]
    [InlineData("BOOL", "maybe", "Invalid input for `x`, Expected `BOOL` but received `maybe`, but received `maybe`")]
    [InlineData("BOOLEAN", "maybe", "false")]
    [InlineData("DATE", "2026-02-30", "Invalid input for `x`, Expected `DATE` but received `2026-02-30`, but received `2026-02-30`")]
    [InlineData("DATETIME", "2026-03-01T10:00:00+01:00", "\"2026-03-01T09:00:00Z\"")]
    [InlineData("TIME", "10:00", "\"10:00:00\"")]
    [InlineData("DURATION", "PT90M", "\"PT1H30M\"")]
    [InlineData("JSON", "{\"a\": [1]}", "{\"a\":[1]}")]
    [InlineData("YAML", "a:\n- 1", "{\"a\":[1]}")]
    [InlineData("URI", "ftp://example.org/x", "\"ftp://example.org/x\"")]
    [InlineData("URI", "nowhere", "Invalid input for `x`, Expected `URI` but received `nowhere`, but received `nowhere`")]
    [InlineData("EMAIL", "ann@example.org", "\"ann@example.org\"")]
    [InlineData("EMAIL", "ann", "Invalid input for `x`, The input must be a valid email, but received `ann`")]
    [InlineData("ARRAY, itemType: INT", "[1, \"2\"]", "[1,2]")]
    [InlineData("ARRAY, itemType: INT", "[\"s1\"]", "Invalid input for `x`, Unable to parse array element as `INT` on `s1`, but received `[\"s1\"]`")]
    [InlineData("MULTISELECT, values: [A, B]", "[\"A\"]", "[\"A\"]")]
    [InlineData("MULTISELECT, values: [A, B]", "[\"C\"]", "Invalid input for `x`, it must match the values `[A, B]`, but received `[\"C\"]`")]
    [InlineData("SELECT, values: [A, B], allowCustomValue: true", "C", "\"C\"")]
    [InlineData("SELECT, expression: \"{{ ['A', 'B'] }}\"", "B", "\"B\"")]
    [InlineData("STRING, validator: \"[A-Z]+\"", "Ab", "Invalid input for `x`, it must match the pattern `[A-Z]+`, but received `Ab`")]
    [InlineData("SECRET", "open", "{\"type\":\"io.kestra.datatype:aes_encrypted\",\"value\":\"closed:open\"}")]
    [InlineData("FILE", "kestra:///a/b.csv", "\"kestra:///a/b.csv\"")]
    [InlineData("INT, required: false", "", "null")]
    [InlineData("STRING", "", "\"\"")]
    [InlineData("JSON, jsonSchema: {type: object, required: [n], properties: {n: {type: integer, minimum: 1}}}", "{\"n\": 0}", "Invalid input for `x`, $.n must be at least 1, but received `{\"n\":0}`")]
    [InlineData("JSON, jsonSchema: {$defs: {id: {type: string}}, type: array, items: {$ref: \"#/$defs/id\"}, uniqueItems: true}", "[\"a\", \"b\"]", "[\"a\",\"b\"]")]
    public void A_text_is_read_as_its_type(string type, string text, string expected) => Assert.Equal(expected, Outcome(Assert.Single(Resolve($"- {{id: x, type: {type}}}", ("x", text)))));

    [Fact]
    public void An_input_of_a_form_that_is_not_asked_for_takes_those_of_the_form_that_depend_on_it_along()
    {
        const string form = """
            - id: trip
              type: FORM
              inputs:
                - {id: far, type: BOOL, defaults: false}
                - {id: plane, type: STRING, required: false, dependsOn: {inputs: [far], condition: "{{ inputs.trip.far }}"}}
                - {id: seat, type: STRING, required: false, dependsOn: {inputs: [plane]}}
            """;
        Assert.Equal([true, false, false], Resolve(form).Select(input => input.Enabled));
        Assert.Equal([true, true, true], Resolve(form, ("trip", Data.Map(("far", true)))).Select(input => input.Enabled));
    }

    private const string Rows = """
        - {id: factor, type: INT, defaults: 1}
        - id: items
          type: ARRAY
          itemType: FORM
          required: false
          min: 1
          max: 2
          inputs:
            - {id: name, type: STRING}
            - {id: count, type: INT, min: 1, defaults: "{{ inputs.factor * 2 }}"}
            - {id: why, type: STRING, dependsOn: {inputs: [count], condition: "{{ row.count > 10 }}"}}
        """;

    [Fact]
    public void Rows_are_answered_one_by_one_and_see_their_own_row_and_the_form()
    {
        var items = Resolve(Rows, ("items", "[{\"name\": \"Desk\"}, {\"name\": \"Lamp\", \"count\": \"11\", \"why\": \"Dark\"}]"))[1];
        Assert.Empty(items.Errors);
        Assert.Equal("""[{"name":"Desk","count":2},{"name":"Lamp","count":11,"why":"Dark"}]""", Data.Write(items.Value));
        Assert.Equal([false, true], items.Rows.Select(row => row[2].Enabled));
    }

    [Fact]
    public void What_is_wrong_in_a_row_names_the_row()
    {
        var items = Resolve(Rows, ("items", Data.Parse("[{\"count\": 0}, {\"name\": \"a\"}, {\"name\": \"b\"}]")))[1];
        Assert.Equal(["items", "items[0].name", "items[0].count"], items.Errors.Select(error => error.Path));
        Assert.Contains("at most 2 items", items.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_default_may_be_an_expression_over_other_inputs()
    {
        var resolved = Resolve("- {id: a, type: INT, defaults: 20}\n- {id: b, type: INT, defaults: \"{{ inputs.a * 2 }}\"}");
        Assert.Equal(("40", true), (Outcome(resolved[1]), resolved[1].IsDefault));
    }

    [Fact]
    public void The_first_choice_is_taken_when_asked_for() =>
        Assert.Equal("\"A\"", Outcome(Resolve("- {id: x, type: SELECT, values: [A, B], autoSelectFirst: true}")[0]));

    [Fact]
    public void All_errors_are_gathered_and_ids_with_dots_nest()
    {
        Assert.Equal(2, Resolve("- {id: a, type: INT}\n- {id: b, type: INT}", ("b", "x")).Count(r => r.Errors.Count > 0));
        Assert.Equal("""{"a":{"b":1,"c":{"d":2}}}""", Data.Write(InputResolver.ToMap(Resolve("- {id: a.b, type: INT}\n- {id: a.c.d, type: INT}", ("a.b", "1"), ("a", Data.Map(("c", Data.Map(("d", 2)))))))));
    }

    [Fact]
    public void A_disabled_input_is_left_out_with_those_that_depend_on_it()
    {
        var resolved = Resolve("- {id: a, type: BOOL, defaults: false}\n- {id: b, type: STRING, dependsOn: {inputs: [a], condition: \"{{ inputs.a }}\"}}\n- {id: c, type: STRING, dependsOn: {inputs: [b]}}", ("b", "x"), ("c", "y"));
        Assert.Equal([true, false, false], resolved.Select(r => r.Enabled));
        Assert.Equal("""{"a":false}""", Data.Write(InputResolver.ToMap(resolved)));
    }

    [Fact]
    public void A_pattern_that_would_try_for_ever_comes_to_an_answer()
    {
        var text = new string('a', 40);
        Assert.Equal($"Invalid input for `x`, it must match the pattern `(a+)+b`, but received `{text}`", Assert.Single(Resolve("- {id: x, type: STRING, validator: \"(a+)+b\"}", ("x", text))[0].Errors).Message);
    }

    [Fact]
    public void Choices_are_given_for_forms_even_when_the_value_is_wrong() =>
        Assert.Equal(["A", "B"], Resolve("- {id: x, type: SELECT, values: [A, B]}", ("x", "C"))[0].Options.Select(o => o.Value));
}
