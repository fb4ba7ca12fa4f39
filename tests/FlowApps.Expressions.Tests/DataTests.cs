namespace FlowApps.Expressions.Tests;

public sealed class DataTests
{
    private static readonly ExpressionEngine Engine = new(new ExpressionOptions());

    private static object? Evaluate(string expression, params (string Name, object? Value)[] roots) =>
        Engine.Render($"{{{{ ({expression}) | json(includeNulls=true) }}}}", new Scope(roots.ToDictionary(root => root.Name, root => root.Value)));

    [Theory]
    [InlineData(".a", "[1]")]
    [InlineData(".b[1:], .b[-1], .b[:1][0]", "[[\"y\",null],null,\"x\"]")]
    [InlineData(".. | numbers", "[1,2.5]")]
    [InlineData("[.b[] | select(. != null) | ascii_upcase] | join(\"-\")", "[\"X-Y\"]")]
    [InlineData(".c.d as [$x, $y] | {$x, y: $y, \"z\\(1 + 1)\": (.a // 0)}", "[{\"x\":2.5,\"y\":[],\"z2\":1}]")]
    [InlineData("to_entries | map(.key) | sort | reverse", "[[\"c\",\"b\",\"a\"]]")]
    [InlineData("with_entries(select(.key < \"b\"))", "[{\"a\":1}]")]
    [InlineData(".a += 1 | .c.d[0] |= floor | del(.b[0], .b[2]) | .e.f[1] = true", "[{\"a\":2,\"b\":[\"y\"],\"c\":{\"d\":[2,[]]},\"e\":{\"f\":[null,true]}}]")]
    [InlineData("[paths(scalars)] | length", "[4]")]
    [InlineData("reduce .b[] as $i (\"\"; . + ($i // \"_\"))", "[\"xy_\"]")]
    [InlineData("[foreach (1, 2, 3) as $i (0; . + $i; [$i, .])]", "[[[1,1],[2,3],[3,6]]]")]
    [InlineData("[limit(3; range(10; 0; -3))], first(.b[]), [.b[] | if . == \"x\" then 1 elif . then 2 else 3 end]", "[[10,7,4],\"x\",[1,2,3]]")]
    [InlineData("try error(\"no\") catch ., (.a | .x)?, [.b[] | tojson]", "[\"no\",[\"\\\"x\\\"\",\"\\\"y\\\"\",\"null\"]]")]
    [InlineData("def twice(f): f | f; 3 | twice(. * 2)", "[12]")]
    [InlineData("def fib: if . < 2 then . else (. - 1 | fib) + (. - 2 | fib) end; 15 | fib", "[610]")]
    [InlineData("\"a1b22\" | [scan(\"[0-9]+\")], gsub(\"(?<n>[0-9])\"; \"<\\(.n)>\"), [match(\"b\").offset], test(\"B\"; \"i\")", "[[\"1\",\"22\"],\"a<1>b<2><2>\",[2],true]")]
    [InlineData("[\"a b\", 1] | @csv, @tsv, @sh, (.[0] | @base64, @uri, @json), @text \"v: \\(.[0])\"", "[\"\\\"a b\\\",1\",\"a b\\t1\",\"'a b' 1\",\"YSBi\",\"a%20b\",\"\\\"a b\\\"\",\"v: a b\"]")]
    [InlineData("[3, null, \"a\", [1], {\"a\": 1}, true, 1] | sort", "[[null,true,1,3,\"a\",[1],{\"a\":1}]]")]
    [InlineData("[{\"k\": 2, \"v\": \"a\"}, {\"k\": 1, \"v\": \"b\"}, {\"k\": 2, \"v\": \"c\"}] | group_by(.k) | map([.[].v]), (flatten | max_by(.k).v, (unique_by(.k) | length))", "[[[\"b\"],[\"a\",\"c\"]]]")]
    [InlineData("10 / 4, 7 % 3, -1, 1e3, (\"x\" * 3), ({\"a\": {\"b\": 1}} * {\"a\": {\"c\": 2}})", "[2.5,1,-1,1000,\"xxx\",{\"a\":{\"b\":1,\"c\":2}}]")]
    [InlineData("[1, [2, [3]]] | flatten, flatten(1), add(.. | numbers), any(. == 1), (.[1] | length)", "[[1,2,3],[1,2,[3]],6,true,2]")]
    [InlineData("walk(if type == \"number\" then . + 1 else . end) | .a, .c.d[0]", "[2,3.5]")]
    [InlineData("1709210096 | todate, (todate | fromdate)", "[\"2024-02-29T12:34:56Z\",1709210096]")]
    [InlineData("[.[] | type]", "[[\"number\",\"array\",\"object\"]]")]
    public void Jq_gives(string program, string expected)
    {
        var data = new OrderedDictionary<string, object?> { ["a"] = 1, ["b"] = new List<object?> { "x", "y", null }, ["c"] = new OrderedDictionary<string, object?> { ["d"] = new List<object?> { 2.5, new List<object?>() } } };
        if (program.Contains("max_by", StringComparison.Ordinal)) expected = "[[[\"b\"],[\"a\",\"c\"]],\"c\",2]";
        Assert.Equal(expected, Evaluate("v | jq(p)", ("v", data), ("p", program)));
    }

    [Fact]
    public void Jq_reads_json_out_of_a_text() => Assert.Equal("[[1,2]]", Evaluate("t | jq('.a')", ("t", "{\"a\": [1, 2]}")));

    [Theory]
    [InlineData("a: 1\nb: [x, 'y z', \"q\\n\"]\nc:\n- 1\n-\n  d: e\n- - 2\n  - 3\n", "{\"a\":1,\"b\":[\"x\",\"y z\",\"q\\n\"],\"c\":[1,{\"d\":\"e\"},[2,3]]}")]
    [InlineData("---\n# comment\nkey with space: value # comment\n'q: 1': {a: , b: {c: d}, \"e\": [1, {f: g}]}\n---\nsecond: 1", "{\"key with space\":\"value\",\"q: 1\":{\"a\":null,\"b\":{\"c\":\"d\"},\"e\":[1,{\"f\":\"g\"}]}}")]
    [InlineData("lit: |\n  a\n   b\n\n  c\nstrip: |-\n  x\nkeep: |+\n  y\n\nfold: >\n  one\n  two\n\n  three\n", "{\"lit\":\"a\\n b\\n\\nc\\n\",\"strip\":\"x\",\"keep\":\"y\\n\\n\",\"fold\":\"one two\\nthree\\n\"}")]
    [InlineData("plain: several\n  words here\nurl: http://x/y#z\nneg: -1.5e3\nnull1: ~\nnull2:\nyes: yes\nt: true\nv: 012\ntime: 12:30\n", "{\"plain\":\"several words here\",\"url\":\"http://x/y#z\",\"neg\":-1500.0,\"null1\":null,\"null2\":null,\"yes\":\"yes\",\"t\":true,\"v\":12.0,\"time\":\"12:30\"}")]
    [InlineData("- [a,\n   b]\n- {c: 1,\n   d: 2}\n- \"multi\n  line\"\n", "[[\"a\",\"b\"],{\"c\":1,\"d\":2},\"multi line\"]")]
    [InlineData("just text", "\"just text\"")]
    [InlineData("", "null")]
    public void Yaml_is_read(string yaml, string expected) => Assert.Equal(expected, Evaluate("yaml(y)", ("y", yaml)));

    [Theory]
    [InlineData("a: b: c")]
    [InlineData("a: [1, 2")]
    [InlineData("a: 1\n  b: 2")]
    [InlineData("a: 1\na: 2")]
    [InlineData("x: &a 1")]
    [InlineData("'open")]
    [InlineData("a: 1\n- b")]
    public void Yaml_that_is_wrong_is_refused_with_its_line(string yaml) =>
        Assert.Contains("Invalid yaml", Assert.Throws<ExpressionException>(() => Evaluate("yaml(y)", ("y", yaml))).Message, StringComparison.Ordinal);

    [Fact]
    public void Yaml_that_is_written_is_read_back_the_same()
    {
        var value = new OrderedDictionary<string, object?>
        {
            ["plain"] = "text",
            ["tricky: key"] = "- x",
            ["n"] = null,
            ["true"] = "null",
            ["lines"] = "a\n  b\n",
            ["open"] = "a\nb",
            ["empty"] = "",
            ["colon"] = "a: b",
            ["hash"] = "a #b",
            ["list"] = new List<object?> { 1, new List<object?> { "x", new List<object?>() }, new OrderedDictionary<string, object?> { ["k"] = 1.5, ["m"] = new OrderedDictionary<string, object?>() } },
        };
        Assert.Equal(Evaluate("v", ("v", value)), Evaluate("yaml(v | yaml)", ("v", value)));
    }

    [Theory]
    [InlineData("{a:1, 'b c':[1.5, 2e0, null.int, nan], \"d\": sym, e: 'q'} // c", "{\"a\":1,\"b c\":[1.5,2.0,null,\"NaN\"],\"d\":\"sym\",\"e\":\"q\"}")]
    [InlineData("/* c */ [2024-02-29T12:34:56.5Z, 2024-02-29, 2024T, 1_000, 0xFF, -5, 12345678901234567890]", "[\"2024-02-29T12:34:56.500Z\",\"2024-02-29\",\"2024\",1000,255,-5,12345678901234567890]")]
    [InlineData("{t: ZonedDateTime::\"2024-02-29T12:34:56+01:00\", s: (a b), l: '''x''' '''y\\n''', u: \"\\u00e9\\x41\"}", "{\"t\":\"2024-02-29T12:34:56+01:00\",\"s\":[\"a\",\"b\"],\"l\":\"xy\\n\",\"u\":\"éA\"}")]
    public void Ion_is_read(string ion, string expected) => Assert.Equal(expected, Evaluate("fromIon(i)", ("i", ion)));

    [Fact]
    public void Ion_that_is_written_is_read_back_the_same()
    {
        var value = new OrderedDictionary<string, object?>
        {
            ["a"] = 1,
            ["b c"] = "q\"\n\\",
            ["null"] = null,
            ["d"] = 1.5,
            ["e"] = 1e300,
            ["f"] = new List<object?> { true, new OrderedDictionary<string, object?>() },
            ["at"] = new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.FromHours(1)),
            ["i"] = new DateTime(2024, 2, 29, 0, 0, 0, DateTimeKind.Utc),
            ["l"] = new DateTime(2024, 2, 29, 1, 2, 3),
        };
        Assert.Equal(Evaluate("v", ("v", value)), Evaluate("fromIon(v | toIon)", ("v", value)));
        Assert.Equal("[1,2]", Evaluate("fromIon(t, true) | jq('map(.a)') | first", ("t", "{a:1}\n{a:2}\n")));
    }

    [Fact]
    public void Encrypted_text_differs_every_time_and_needs_its_key()
    {
        var key = Convert.ToBase64String(new byte[32]);
        var other = Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray());
        Assert.NotEqual(SecretBox.Encrypt(key, "x"), SecretBox.Encrypt(key, "x"));
        Assert.Equal("é", SecretBox.Decrypt(key, SecretBox.Encrypt(key, "é")));
        Assert.Throws<ExpressionException>(() => SecretBox.Decrypt(other, SecretBox.Encrypt(key, "x")));
        Assert.Throws<ExpressionException>(() => SecretBox.Encrypt("short", "x"));
    }
}
