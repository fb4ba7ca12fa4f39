namespace FlowApps.Expressions.Tests;

public sealed class EngineTests
{
    private static readonly ExpressionEngine Engine = new(new ExpressionOptions());

    private static Scope With(params (string Name, object? Value)[] roots) => new(new OrderedDictionary<string, object?>(roots.Select(root => KeyValuePair.Create(root.Name, root.Value))));

    [Fact]
    public void Text_without_a_brace_is_returned_untouched()
    {
        var text = "nothing % to } do # here";
        Assert.Same(text, Engine.Render(text, Scope.Empty));
    }

    [Fact]
    public void Typed_rendering_gives_the_object_itself_when_the_template_is_one_expression()
    {
        var list = new List<object?> { 1 };
        Assert.Same(list, Engine.RenderTyped("{{ list }}", With(("list", list))));
        Assert.Null(Engine.RenderTyped("{{ nothing }}", With(("nothing", null))));
        Assert.Equal("a-b", Engine.RenderTyped("{{ 'a' }}-{{ 'b' }}", Scope.Empty));
        Assert.Throws<ExpressionException>(() => Engine.RenderTyped("n = {{ 1 }}", Scope.Empty));
    }

    [Fact]
    public void Deep_rendering_keeps_order_and_values_that_are_no_text()
    {
        var value = new OrderedDictionary<string, object?> { ["z{{ k }}"] = new List<object?> { "{{ k }}", 5, null }, ["a"] = true };
        var rendered = (OrderedDictionary<string, object?>)Engine.RenderDeep(value, With(("k", 1)))!;
        Assert.Equal(["z1", "a"], rendered.Keys);
        Assert.Equal(new List<object?> { "1", 5, null }, rendered["z1"]);
        Assert.Equal(new List<object?> { 1, 5, null }, ((OrderedDictionary<string, object?>)Engine.RenderDeepTyped(value, With(("k", 1)))!)["z1"]);
    }

    [Theory]
    [InlineData("ok\n  {{ a.b + }}", 2, 12)]
    [InlineData("{% if true %}x", 1, 15)]
    [InlineData("a\r\nb\n{{ x | }}", 3, 8)]
    public void Check_says_where_a_template_is_wrong(string template, int line, int column)
    {
        var failure = Assert.Throws<ExpressionException>(() => Engine.Check(template));
        Assert.Equal((line, column), (failure.Line, failure.Column));
        Assert.Equal(template, failure.Expression);
    }

    [Fact]
    public void Error_names_the_line_it_happened_in()
    {
        var failure = Assert.Throws<UndefinedException>(() => Engine.Render("first\n{{ a.missing }}", With(("a", new Dictionary<string, object?>()))));
        Assert.Equal("Unable to find `missing` used in the expression `first\n{{ a.missing }}` at line 2", failure.Message);
        Assert.Equal((2, 5), (failure.Line, failure.Column));
    }

    [Fact]
    public void Functions_that_look_outside_are_found_wherever_they_stand()
    {
        Assert.Equal(["kv", "secret"], Engine.OutsideFunctionsIn("{% if kv('a') %}{{ [1, {'k': secret(\"#{now()}\") | upper}] }}{% endif %}").Order());
        Assert.Empty(Engine.OutsideFunctionsIn("secret('x') {{ secret }}"));
    }

    [Fact]
    public void Root_is_computed_once_and_only_when_it_is_asked_for()
    {
        var count = 0;
        var scope = With(("a", 1)).With("lazy", () => ++count);
        Assert.Equal("1", Engine.Render("{{ a }}", scope));
        Assert.Equal(0, count);
        Assert.Equal("1 1", Engine.Render("{{ lazy }} {{ lazy }}", scope));
        Assert.Equal("1", Engine.Render("{{ lazy }}", scope));
    }

    [Fact]
    public void Variables_set_in_a_template_do_not_reach_the_scope_or_the_next_rendering()
    {
        var scope = With(("a", 1));
        Assert.Equal("2", Engine.Render("{% set a = 2 %}{{ a }}", scope));
        Assert.Equal("1", Engine.Render("{{ a }}", scope));
    }

    [Fact]
    public void Macro_sees_its_arguments_only()
    {
        Assert.Throws<UndefinedException>(() => Engine.Render("{% macro m(x) %}{{ a }}{% endmacro %}{{ m(1) }}", With(("a", 1))));
        Assert.Equal("1", Engine.Render("{% macro m(x) %}{{ _context.a }}{% endmacro %}{{ m(1) }}", With(("a", 1))));
    }

    [Fact]
    public void Lists_and_maps_of_the_flow_are_never_changed()
    {
        var list = new List<object?> { 3, 1 };
        var map = new OrderedDictionary<string, object?> { ["a"] = new List<object?> { 1 } };
        Engine.Render("{{ list + 4 }}{{ list - 3 }}{{ list | sort }}{{ list | reverse }}{{ map | merge({'b': 2}) }}{{ map | jq('.a[0] = 9 | del(.a)') }}", With(("list", list), ("map", map)));
        Assert.Equal([3, 1], list);
        Assert.Equal(["a"], map.Keys);
        Assert.Equal(new List<object?> { 1 }, map["a"]);
    }

    [Theory]
    [InlineData("false", false)]
    [InlineData(" 0 ", false)]
    [InlineData("-0", false)]
    [InlineData("", false)]
    [InlineData("no", true)]
    [InlineData("0.0", true)]
    public void Truth_of_a_rendered_condition_is_kestras(string rendered, bool expected) => Assert.Equal(expected, Engine.IsTruthy(rendered));

    [Fact]
    public void Failure_of_the_outside_becomes_an_expression_error_with_its_place()
    {
        var entry = new ConformanceCase("x", new Dictionary<string, object?>());
        var failure = Assert.Throws<ExpressionException>(() => Engine.Render("\n{{ http('https://example.com') }}", With().With(new ConformanceOutside(entry, Scope.Empty))));
        Assert.Equal(2, failure.Line);
        Assert.IsType<NotSupportedException>(failure.InnerException!.InnerException);
    }

    [Fact]
    public async Task Engine_may_be_used_by_many_threads_at_once()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(n => Task.Run(() =>
            Enumerable.Range(0, 200).All(i => Engine.Render($"{{% set x = n * {i % 50} %}}{{% for j in 1..3 %}}{{{{ x + j }}}},{{% endfor %}}", With(("n", n))) == $"{(n * (i % 50)) + 1},{(n * (i % 50)) + 2},{(n * (i % 50)) + 3},"))));
        Assert.All(results, Assert.True);
    }
}
