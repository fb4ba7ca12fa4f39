using System.Diagnostics;
using System.Text;

namespace FlowApps.Expressions.Tests;

public sealed class FuzzTests
{
    private const string OutOfFuel = "too much work";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>What gives another answer each time.</summary>
    private static readonly string[] Changing = ["now", "uuid", "id(", "ksuid", "nanoId", "random", "encrypt", "Nano", "shuffle"];

    private static readonly string[] Pieces =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "-", " ", "\n", "(", ")", "[", "]", "{", "}", "'", "\"", "#{", "\\", ".", ",", ":", "?", "??", "???", "..", "|", "~", "+", "*", "/", "%", "==", "!=", "<", ">=", "=",
        "or", "and", "not", "is", "contains", "equals", "if", "elseif", "else", "endif", "for", "in", "endfor", "set", "macro", "endmacro", "block", "endblock", "filter", "endfilter", "raw", "endraw", "verbatim", "endverbatim",
        "a", "b", "list", "map", "null", "true", "1", "2.5", "9223372036854775807", "0", "'x'", "\"y\"", "'2024-01-01T00:00:00Z'", "loop", "missing", "empty", "defined", "é", "\uD800", "😀",
        "{{ a }}", "{{ list | ", "{{ map.", "{% set a = ", "{% for x in list %}", "{% endfor %}", "{% if a %}", "{% endif %}", "{{ range(", "{{ 'x' | jq('", "{{ yaml('", "{{ fromIon('", "{{ 1 | date('", "{{ 1 | numberFormat('",
    ];

    /// <summary>So many of each kind and seed; more at night: FLOWAPPS_EXPRESSIONS.</summary>
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("FLOWAPPS_EXPRESSIONS") ?? "12500", System.Globalization.CultureInfo.InvariantCulture);

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 8)];

    public static TheoryData<int> FewSeeds() => [.. Enumerable.Range(11, 4)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_templates_end_in_a_text_or_an_expression_error(int seed)
    {
        var random = new Random(seed);
        var names = ExpressionCatalogue.Entries.Where(entry => entry.Kind is EntryKind.Filter or EntryKind.Function or EntryKind.Test).Select(entry => entry.Name).ToArray();
        var engine = new ExpressionEngine(new ExpressionOptions { Fuel = 20_000, MaxOutput = 100_000 });
        var scope = new Scope(new Dictionary<string, object?>
        {
            ["a"] = "text",
            ["b"] = 5,
            ["list"] = new List<object?> { 1, "x", null, 2.5 },
            ["map"] = new OrderedDictionary<string, object?> { ["a"] = 1, ["b"] = new List<object?> { true } },
        });
        for (var round = 0; round < Rounds; round++)
        {
            var template = new StringBuilder("{{ ");
            for (var i = random.Next(1, 25); i > 0; i--)
                template.Append(random.Next(5) == 0 ? names[random.Next(names.Length)] : Pieces[random.Next(Pieces.Length)]).Append(random.Next(3) == 0 ? "" : " ");
            if (random.Next(2) == 0) template.Append(" }}");
            AssertBounded(engine, template.ToString(), scope, seed);
        }
    }

    [Theory]
    [MemberData(nameof(FewSeeds))]
    public void Filters_and_functions_refuse_strange_arguments_with_an_expression_error(int seed)
    {
        var random = new Random(seed);
        string[] values = ["null", "true", "''", "'x'", "'a.b'", "'('", "-1", "0", "7", "9223372036854775807", "1.5", "1.0/0", "[]", "[1, 'a', null]", "{}", "{'a': 1}", "{'(': '$9'}", "list", "map", "'2024-13-45'", "'yyyy'", "'QQQQQQ'", "'UTC+99'"];
        var engine = new ExpressionEngine(new ExpressionOptions { Fuel = 20_000, MaxOutput = 100_000 });
        var scope = new Scope(new Dictionary<string, object?> { ["list"] = new List<object?> { 1, 2L, "3" }, ["map"] = new OrderedDictionary<string, object?> { ["k"] = null } });
        var callables = ExpressionCatalogue.Entries.Where(entry => entry.Kind is EntryKind.Filter or EntryKind.Function or EntryKind.Test).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var entry = callables[random.Next(callables.Length)];
            var arguments = string.Join(", ", Enumerable.Range(0, random.Next(0, 5)).Select(_ => values[random.Next(values.Length)]));
            var input = values[random.Next(values.Length)];
            AssertBounded(engine, entry.Kind switch
            {
                EntryKind.Filter => $"{{{{ ({input}) | {entry.Name}({arguments}) }}}}",
                EntryKind.Function => $"{{{{ {entry.Name}({arguments}) }}}}",
                _ => $"{{{{ ({input}) is {entry.Name} }}}}",
            }, scope, seed);
        }
    }

    [Theory]
    [MemberData(nameof(FewSeeds))]
    public void Random_jq_ends_in_results_or_an_expression_error(int seed)
    {
        var random = new Random(seed);
        string[] pieces = [".", ".a", ".b[0]", "[]", "[", "]", "{", "}", "(", ")", "|", ",", "//", "=", "|=", "+=", "+", "-", "*", "/", "%", "==", "<", "and", "or", "not", "if", "then", "else", "end", "reduce", "foreach", "as", "$x", ";", "?", "try", "catch", "def f:", "f", "..", "1", "2.5", "\\\"t\\(.)\\\"", "@base64", "map(.)", "select(.)", "keys", "length", "add", "sort_by(.)", "group_by(.a)", "to_entries", "with_entries(.)", "del(.a)", "path(..)", "test(\\\"a\\\")", "split(\\\"a\\\")", "range(5)", "first", "limit(2; .[])", "recurse", "tojson", "fromjson", "error", "empty", "null", "true", ":"];
        var engine = new ExpressionEngine(new ExpressionOptions { Fuel = 20_000, MaxOutput = 100_000 });
        var scope = new Scope(new Dictionary<string, object?> { ["v"] = new OrderedDictionary<string, object?> { ["a"] = 1, ["b"] = new List<object?> { "x", null, 2.5 } } });
        for (var round = 0; round < Rounds; round++)
        {
            var program = string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            AssertBounded(engine, $"{{{{ v | jq(\"{program}\") }}}}", scope, seed);
        }
    }

    /// <summary>
    /// Ends within its fuel and its output, in a text or in an error that says something; and the same a second time, unless the fuel ran out: regular expressions burn it by time.
    /// </summary>
    private static void AssertBounded(ExpressionEngine engine, string template, Scope scope, int seed)
    {
        var started = Stopwatch.GetTimestamp();
        var first = Outcome(engine, template, scope, seed);
        Assert.True(Stopwatch.GetElapsedTime(started) < Longest, $"seed {seed}: {template}");
        if (Changing.Any(name => template.Contains(name, StringComparison.Ordinal))) return;
        var second = Outcome(engine, template, scope, seed);
        Assert.True(first == second || first.Contains(OutOfFuel, StringComparison.Ordinal) || second.Contains(OutOfFuel, StringComparison.Ordinal), $"seed {seed}: {template}\n{first}\n{second}");
    }

    private static string Outcome(ExpressionEngine engine, string template, Scope scope, int seed)
    {
        try
        {
            var text = engine.Render(template, scope);
            Assert.True(text.Length <= 100_000, $"seed {seed}: {template}");
            return text;
        }
        catch (ExpressionException failure)
        {
            Assert.NotEmpty(failure.Message);
            return $"{failure.Message} at {failure.Line}:{failure.Column}";
        }
        catch (Exception failure)
        {
            throw new Xunit.Sdk.XunitException($"seed {seed}: {failure.GetType().Name} for {template}\n{failure}");
        }
    }
}
