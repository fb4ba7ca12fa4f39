namespace FlowApps.Expressions.Tests;

public sealed class LanguageTests
{
    private static readonly ExpressionEngine Engine = new(new ExpressionOptions());

    private static readonly Scope Variables = new(new OrderedDictionary<string, object?>
    {
        ["int"] = 7,
        ["text"] = "it's",
        ["list"] = new List<object?> { 1, 2, 2 },
        ["map"] = new OrderedDictionary<string, object?> { ["b"] = 1, ["a"] = null, ["is"] = "word" },
        ["instant"] = new DateTime(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc),
        ["zoned"] = new DateTimeOffset(2024, 2, 29, 12, 0, 5, TimeSpan.FromHours(2)).AddTicks(1_230_000),
        ["local"] = new DateTime(2024, 2, 29, 12, 0, 0),
        ["day"] = new DateOnly(2024, 2, 29),
        ["duration"] = TimeSpan.FromSeconds(90.5),
        ["single"] = 1.1f,
    });

    [Theory]
    [InlineData("{{ 1.0E-5 }}", null)]
    [InlineData("{{ 1234567.0 }} {{ 12345678.0 }} {{ 0.001 }} {{ 0.0009 }} {{ -0.0 * 1 }}", "1234567.0 1.2345678E7 0.001 9.0E-4 -0.0")]
    [InlineData("{{ 9223372036854775807 + 1 }} {{ -7 / 2 }} {{ -7 % 3 }} {{ 7 / 2.0 }} {{ 1.0 / 0 }} {{ 0.0 / 0 }}", "-9223372036854775808 -3 -1 3.5 Infinity NaN")]
    [InlineData("{{ single }} {{ single == 1.1 }} {{ single + 1 }} {{ int / 2 }}", "1.1 true 2.1 3")]
    [InlineData("{{ 9007199254740993 == 9007199254740992.0 }} {{ 1 < 1.5 }} {{ 2 > null }}", "false true false")]
    [InlineData("{{ [1] == [1] }} {{ list == [1, 2, 2] }} {{ list contains int }} {{ list contains 2 }}", "true false false false")]
    [InlineData("{{ not false and false }} {{ true or missing }} {{ false and missing }}", "false true false")]
    [InlineData("{{ missing ?? 'a' ~ 'b' }} {{ missing ?? 'd' | upper }} {{ map.a ?? 'd' }} {{ map.a ??? 'd' }}|", "ab D d |")]
    [InlineData("{{ 'a' ~ 1 + 2 }} {{ 2 ~ 3 == '23' }} {{ 1..2 ~ 3 }}", "a12 true [1, 2]3")]
    [InlineData("{{ true ? false ? 1 : 2 : 3 }}", "2")]
    [InlineData("{{ map.is }} {{ map['is'] }} {{ map['i' ~ 's'] }} {{ list['1'] }}", "word word word 2")]
    [InlineData("{{ map }} {{ map | json }} {{ map | json(includeNulls=true) }} {{ 'm=' ~ map }}", "{\"b\":1,\"is\":\"word\"} {\"b\":1,\"is\":\"word\"} {\"b\":1,\"a\":null,\"is\":\"word\"} m={b=1, a=null, is=word}")]
    [InlineData("{{ text.length }} {{ text.length() }} {{ list.size }} {{ list.empty }} {{ map.size() }} {{ day.year }}", "4 4 3 false 3 2024")]
    [InlineData("{{ 'it\\'s' }} {{ \"a\\\"b\" }} {{ 'a\\nb' }} {{ \"#{1 + 1}#{'x'}\" }} {{ '#{1}' }}", "it's a\"b a\\nb 2x #{1}")]
    [InlineData("a  {{- 1 -}}  b {#- c -#} d {{-1}}", "a1bd -1")]
    [InlineData("{%- verbatim -%} {{ x }} {%- endverbatim -%} y", "{{ x }}y")]
    [InlineData("{% for e in map %}{{ loop.index }}{{ loop.revindex }}{{ loop.last }}{{ e.key }}{{ e.value }} {% endfor %}", "02falseb1 11falsea 20trueisword ")]
    [InlineData("{% set n = 0 %}{% for i in list %}{% set n = n + i %}{% endfor %}{{ n }}", "5")]
    [InlineData("{% for i in list %}{% set inner = i %}{% endfor %}{{ inner ?? 'gone' }}", "gone")]
    [InlineData("{{ instant }} {{ zoned }} {{ local }} {{ day }} {{ duration }}", "2024-02-29T12:00:00Z 2024-02-29T12:00:05.123+02:00 2024-02-29T12:00 2024-02-29 PT1M30.5S")]
    [InlineData("{{ [instant, zoned, local, day, duration] }}", "[\"2024-02-29T12:00:00Z\",\"2024-02-29T12:00:05.123+02:00\",\"2024-02-29T12:00:00\",\"2024-02-29\",90.500000000]")]
    [InlineData("{{ 'a.b' | split('.') }} {{ 'a.b,,' | split('[.,]') }} {{ 'ab' | split('') }}", "[] [\"a\",\"b\"] [\"a\",\"b\"]")]
    [InlineData("{{ 'aXbX' | replace({'(x)': '<$1>'}, regexp=true) }} {{ 'aXbX' | regexReplace('X', '\\$') }}", "aXbX a$b$")]
    [InlineData("{{ [2.5, 1, 2] | sort }} {{ ['b', 'B', 'a'] | rsort }} {{ [1, 1.0, 1] | distinct }}", "[1,2,2.5] [\"b\",\"a\",\"B\"] [1,1.0]")]
    [InlineData("{{ 0.1 | numberFormat('#.##') }} {{ 2.5 | numberFormat('0') }} {{ 3.5 | numberFormat('0') }} {{ 0.256 | numberFormat('0.0%') }} {{ 1234567.891 | numberFormat }} {{ 12345 | numberFormat('0.00E0') }} {{ -5 | numberFormat('0;(0)') }}", "0.1 2 4 25.6% 1,234,567.891 1.23E4 (5)")]
    [InlineData("{{ '12' | number | className }} {{ '3000000000' | number | className }} {{ '1.5' | number | className }} {{ '123456789.125' | number | className }} {{ '1e400' | number('BIGINTEGER') }}", null)]
    [InlineData("{{ ('1' | number) + 1 }} {{ '12345678901234567890' | number }} {{ '0.1' | number('BIGDECIMAL') * 3 }}", "2 12345678901234567890 0.3")]
    public void Template_renders_to(string template, string? expected)
    {
        if (expected is null) Assert.ThrowsAny<ExpressionException>(() => Engine.Render(template, Variables));
        else Assert.Equal(expected, Engine.Render(template, Variables));
    }

    [Theory]
    [InlineData("{{ 'b' > 'a' }}", "Could not perform greater than comparison")]
    [InlineData("{{ 1 / 0 }}", "Could not perform division")]
    [InlineData("{{ null + 1 }}", "Could not perform addition")]
    [InlineData("{{ not null }}", "Wrong operand(s) type")]
    [InlineData("{% if list %}x{% endif %}", "Wrong operand(s) type")]
    [InlineData("{% for i in 'abc' %}x{% endfor %}", "Not an iterable object")]
    [InlineData("{{ 5 contains 1 }}", "Contains operator can only be used")]
    [InlineData("{{ 'x' matches 'y' }}", "Unexpected token")]
    [InlineData("{{ 1 in list }}", "Unexpected token")]
    [InlineData("{{ [1,] }}", "Unexpected token")]
    [InlineData("{{ upper(a=1, 2) }}", "Positional arguments must be declared before")]
    [InlineData("{{ 'a' | replace(nope={}) }}", "The following named argument does not exist: nope")]
    [InlineData("{{ range(1, 2, 3, 4) }}", "takes 3 argument(s)")]
    [InlineData("{{ range(1) }}", "expects an argument 'end'")]
    [InlineData("{{ 'x' | uper }}", "Filter [uper] does not exist. Did you mean 'upper'?")]
    [InlineData("{% import 'x' %}", "Unexpected tag name \"import\"")]
    [InlineData("{% embed 'x' %}", "Unexpected tag name \"embed\"")]
    [InlineData("{% block a %}{% endblock %}{% block a %}{% endblock %}", "More than one block")]
    [InlineData("{{ 'abc' | slice(0, 9) }}", "toIndex must be smaller")]
    [InlineData("{{ parent() }}", "parent")]
    public void Template_is_refused_with(string template, string because) =>
        Assert.Contains(because, Assert.ThrowsAny<ExpressionException>(() => Engine.Render(template, Variables)).Message, StringComparison.Ordinal);
}
