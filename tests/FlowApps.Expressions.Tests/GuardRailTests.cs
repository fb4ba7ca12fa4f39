namespace FlowApps.Expressions.Tests;

public sealed class GuardRailTests
{
    private static readonly ExpressionEngine Engine = new(new ExpressionOptions());
    private static readonly Scope Variables = new(new Dictionary<string, object?> { ["list"] = Enumerable.Range(0, 1_000).Cast<object?>().ToList(), ["text"] = new string('a', 10_000) });

    public static TheoryData<string, string> Bombs => new()
    {
        { "{{ " + new string('(', 10_000), "Unclosed \"(\"" },
        { "{{ " + new string('[', 10_000), "Unclosed \"[\"" },
        { "{{ " + Nested("(", "1", ")"), "nested deeper" },
        { "{{ " + Nested("[", "1", "]"), "nested deeper" },
        { "{{ " + Nested("{'a':", "1", "}"), "nested deeper" },
        { "{{ " + string.Concat(Enumerable.Repeat("not ", 10_000)) + "true }}", "nested deeper" },
        { "{{ " + string.Concat(Enumerable.Repeat("- ", 10_000)) + "1 }}", "nested deeper" },
        { "{{ " + string.Concat(Enumerable.Repeat("true ? ", 10_000)) + "1 }}", "nested deeper" },
        { "{{ " + Nested("max(", "1", ")"), "nested deeper" },
        { "{{ \"" + string.Concat(Enumerable.Repeat("#{\"", 10_000)) + string.Concat(Enumerable.Repeat("\"}", 10_000)) + "\" }}", "nested deeper" },
        { string.Concat(Enumerable.Repeat("{% if true %}", 10_000)), "nested deeper" },
        { "{{ 1" + string.Concat(Enumerable.Repeat("+1", 100_000)) + " }}", "chains more" },
        { "{{ text" + string.Concat(Enumerable.Repeat(".a", 100_000)) + " }}", "chains more" },
        { "{{ text" + string.Concat(Enumerable.Repeat("|upper", 100_000)) + " }}", "chains more" },
        { new string(' ', 1_048_577) + "{{ 1 }}", "longer than" },
        { "{{ range(0, 1000000000000) }}", "too much work" },
        { "{{ 0..9223372036854775807 }}", "too much work" },
        { "{% for a in list %}{% for b in list %}{% for c in list %}{% set x = 1 %}{% endfor %}{% endfor %}{% endfor %}", "too much work" },
        { "{% for a in list %}{{ text }}{{ text }}{% endfor %}", "longer than" },
        { "{% set s = 'ab' %}{% for a in list %}{% set s = s ~ s %}{% endfor %}", "longer than" },
        { "{% set l = [1, 2] %}{% for a in list %}{% set l = l + l %}{% endfor %}", "too much work" },
        { "{% set l = [1] %}{% for a in list %}{% set l = [l, l] %}{% endfor %}{{ l }}", "" },
        { "{% set l = [1] %}{% for a in 1..100000 %}{% set l = [l] %}{% endfor %}{{ l }}", "nested too deeply" },
        { "{% set l = [1] %}{% for a in 1..100000 %}{% set l = [l] %}{% endfor %}{{ l ~ '' }}", "nested too deeply" },
        { "{% set l = [1] %}{% set m = [1] %}{% for a in 1..100000 %}{% set l = [l] %}{% set m = [m] %}{% endfor %}{{ l == m }}", "nested too deeply" },
        { "{{ text | replace({'a': text}) }}", "longer than" },
        { "{{ text | replace({'a': text}, regexp=true) }}", "longer than" },
        { "{{ \"a\nb\" | indent(1000000000000) }}", "longer than" },
        { "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "nested deeper" },
        { "{% block b %}{{ block('b') }}{% endblock %}", "nested deeper" },
        { "{% set a = '{{ render(a) }}' %}{{ render(a) }}", "nested deeper" },
        { "{{ (text ~ '!') | regexMatch('^(a+)+(?!b)$') }}", "" },
        { "{{ (text ~ '!') | replace({'^(a+)+(?!b)$': ''}, regexp=true) }}", "" },
        { "{{ 1 | jq('[range(1e12)]') }}", "too much work" },
        { "{{ 1 | jq('def f: f; f') }}", "levels deep" },
        { "{{ 1 | jq('[repeat(1)]') }}", "too much work" },
        { "{{ 1 | jq('last(recurse(. + 1))') }}", "too much work" },
        { "{{ [1] | jq('until(false; . + .)') }}", "" },
        { "{{ 'x' | jq('" + new string('[', 5_000) + "') }}", "jq" },
        { "{{ [1] | jq('.[1e9] = 1') }}", "too much work" },
        { "{{ ['ab'] | jq('.[0] * 1e9') }}", "longer than" },
        { "{{ yaml('" + new string('[', 100_000) + "') }}", "Invalid yaml" },
        { "{{ fromJson('" + new string('[', 100_000) + "') }}", "Invalid json" },
        { "{{ fromIon('" + new string('[', 100_000) + "') }}", "Invalid ion" },
        { "{{ yaml(\"a: &x 1\nb: *x\") }}", "anchors" },
        { "{{ '9' | number('X') }}", "no number type" },
        { "{{ 'a'.getClass() }}", "getClass" },
        { "{{ list.class }}", "class" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Template_is_refused_clearly_when_it_would_exhaust_something(string template, string because)
    {
        var failure = Assert.ThrowsAny<ExpressionException>(() => Engine.Render(template, Variables));
        Assert.Contains(because, failure.Message, StringComparison.Ordinal);
        Assert.True(failure.Line >= 1, "the error has no place");
    }

    private static string Nested(string open, string inner, string close) =>
        string.Concat(Enumerable.Repeat(open, 10_000)) + inner + string.Concat(Enumerable.Repeat(close, 10_000)) + " }}";

    [Fact]
    public void Fuel_is_counted_for_each_rendering_alone()
    {
        var engine = new ExpressionEngine(new ExpressionOptions { Fuel = 5_000 });
        for (var i = 0; i < 50; i++) Assert.Equal("999", engine.Render("{% for a in list %}{% if loop.last %}{{ a }}{% endif %}{% endfor %}", Variables));
    }

    [Fact]
    public void Depth_limit_is_the_one_that_was_asked_for()
    {
        var shallow = new ExpressionEngine(new ExpressionOptions { MaxDepth = 5 });
        Assert.Equal("1", shallow.Render("{{ ((1)) }}", Scope.Empty));
        Assert.Contains("5 levels", Assert.Throws<ExpressionException>(() => shallow.Render("{{ ((((((1)))))) }}", Scope.Empty)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rendered_value_is_never_rendered_again_unless_asked()
    {
        var scope = new Scope(new Dictionary<string, object?> { ["evil"] = "{{ secret('x') }}" });
        Assert.Equal("{{ secret('x') }}", Engine.Render("{{ evil }}", scope));
        Assert.Equal("[\"{{ secret('x') }}\"]", Engine.Render("{{ [evil] }}", scope));
        Assert.Throws<OutsideNeededException>(() => Engine.Render("{{ render(evil) }}", scope));
    }
}
