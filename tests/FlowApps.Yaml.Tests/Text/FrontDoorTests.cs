using System.Diagnostics;
using System.Text;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Tests.Text;

public sealed class FrontDoorTests
{
    /// <summary>What grows with the square of the text takes minutes; a loaded machine does not.</summary>
    private static readonly TimeSpan Bounded = TimeSpan.FromSeconds(20);

    private static Dictionary<string, (string Source, string Code)> Attacks()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++) bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 8))}]\n");
        return new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            ["brackets"] = (new string('[', 10_000), "too_deep"),
            ["many brackets"] = (new string('[', 1_000_000), "too_deep"),
            ["braces"] = (new string('{', 10_000), ""),
            ["braces as values"] = (string.Concat(Enumerable.Repeat("{a: ", 10_000)), "too_deep"),
            ["mixed brackets"] = (string.Concat(Enumerable.Repeat("[{a: ", 5_000)), "too_deep"),
            ["brackets over lines"] = (string.Concat(Enumerable.Repeat("[\n", 10_000)), "too_deep"),
            ["dashes"] = (string.Concat(Enumerable.Repeat("- ", 10_000)) + "x", "too_deep"),
            ["question marks"] = (string.Concat(Enumerable.Repeat("? ", 10_000)) + "x", ""),
            ["deep maps"] = (string.Concat(Enumerable.Range(0, 500).Select(i => new string(' ', i) + "a:\n")), "too_deep"),
            ["alias bomb"] = (bomb.ToString(), "too_many"),
            ["self alias"] = ("a: &a [*a]", "unknown_alias"),
            ["many aliases"] = ("a: &a x\nb: [" + string.Join(", ", Enumerable.Repeat("*a", 200)) + "]", "too_many_aliases"),
            ["many nodes"] = ("a: [" + string.Join(", ", Enumerable.Repeat("x", 60_000)) + "]", "too_many_nodes"),
            ["five megabytes"] = ("a: " + new string('x', 5 * 1024 * 1024), "too_large"),
            ["large in UTF-8"] = ("a: " + new string('é', 600_000), "too_large"),
            ["NUL"] = ("id: a\nb: \0c", "bad_character"),
            ["half a character"] = ("id: \ud83d", "bad_character"),
            ["swapped halves"] = ("id: \ude80\ud83d", "bad_character"),
            ["tab indentation"] = ("a:\n\tb: 1\n", "yaml_syntax"),
            ["unclosed quote"] = ("a: \"b\nc: d", "yaml_syntax"),
            ["list as key"] = ("? [a, b]\n: c", "key_not_text"),
            ["second document"] = ("a: 1\n---\nb: 2", "several_documents"),
            ["directives"] = (string.Concat(Enumerable.Repeat("%TAG !a! tag:b,2000:\n", 20_000)) + "--- a", ""),
            ["long plain text over lines"] = ("a: " + string.Concat(Enumerable.Repeat("word\n  ", 100_000)), "?"),
            ["long escapes"] = ("a: \"" + string.Concat(Enumerable.Repeat("\\x41", 200_000)) + "\"", "?"),
            ["blank lines"] = (new string('\n', 1_000_000), "?"),
            ["comments"] = (string.Concat(Enumerable.Repeat("# x\n", 200_000)) + "a: b", "?"),
            ["one long key"] = (new string('k', 900_000) + ": v", ""),
            ["colons"] = (string.Concat(Enumerable.Repeat("a: ", 100_000)), ""),
            ["anchors"] = (string.Concat(Enumerable.Repeat("&a ", 10_000)), ""),
            ["tags"] = (string.Concat(Enumerable.Repeat("!!str ", 10_000)), ""),
            ["block header"] = ("a: |" + new string('9', 100_000), ""),
            ["wide map on a line"] = ("{" + string.Join(", ", Enumerable.Range(0, 24_000).Select(i => $"k{i}: v")) + "}", "?"),
            ["spaces"] = (new string(' ', 1_000_000) + "a", "?"),
        };
    }

    public static TheoryData<string> Names() => [.. Attacks().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Front_door_refuses_with_a_placed_problem_and_in_bounded_time(string name)
    {
        var (source, code) = Attacks()[name];
        YamlText.Read("warm: [up, {a: b}]");
        var started = Stopwatch.GetTimestamp();
        var reading = YamlText.Read(source);
        var took = Stopwatch.GetElapsedTime(started);

        Assert.True(took < Bounded, $"{name} took {took.TotalMilliseconds} ms");
        if (code == "?") return;
        Assert.Contains(reading.Problems, p => p.Code.StartsWith(code, StringComparison.Ordinal));
        Assert.All(reading.Problems, p => Assert.True(p.Line >= 1 && p.Column >= 1, $"{name}: {p} has no place"));
    }

    [Fact]
    public void Ten_thousand_brackets_are_refused_at_the_first_that_is_too_deep()
    {
        YamlText.Read(new string('[', 100));
        var problem = Assert.Single(YamlText.Read(new string('[', 10_000)).Problems);
        Assert.Equal("too_deep", problem.Code);
        Assert.InRange(problem.Column!.Value, 1, 100);
    }

    [Fact]
    public void Keys_given_twice_are_named_with_their_full_path_and_place()
    {
        var problems = YamlText.Read("id: a\nvariables:\n  tf: 1\n  tf: 2\nid: b\n").Problems;

        Assert.Collection(problems,
            p => Assert.Equal(("Duplicate field 'variables.tf'", 4, 3), (p.Message, p.Line, p.Column)),
            p => Assert.Equal(("Duplicate field 'id'", 5, 1), (p.Message, p.Line, p.Column)));
    }

    [Fact]
    public void Tab_indentation_is_explained()
    {
        var problem = Assert.Single(YamlText.Read("a:\n\tb: 1\n").Problems);
        Assert.Equal("Indent with spaces; tabs are not allowed.", problem.Suggestion);
        Assert.Equal(2, problem.Line);
    }

    [Fact]
    public void An_expression_without_quotes_is_explained()
    {
        var problem = Assert.Single(YamlText.Read("a: {{ inputs.name }}").Problems);
        Assert.Contains("quotes", problem.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_and_merge_keys_stand_for_what_they_name()
    {
        var map = Assert.IsType<YamlMapping>(YamlText.Read("base: &base {a: 1, b: 2}\nother:\n  <<: *base\n  b: 3\nlist: [*base]\n").Root);

        Assert.Equal(["b", "a"], ((YamlMapping)map["other"]!).Entries.Select(e => e.Name));
        Assert.Equal(3, ((YamlScalar)((YamlMapping)map["other"]!)["b"]!).Value);
        Assert.Same(map["base"], ((YamlSequence)map["list"]!).Items[0]);
    }

    [Fact]
    public void Documents_are_read_each_on_its_own_with_lines_of_the_whole_text()
    {
        var readings = YamlText.ReadAll("---\na: 1\na: 2\n---\n\nb: [\n---\nc: 3\n");

        Assert.Equal(3, readings.Count);
        Assert.Equal(3, Assert.Single(readings[0].Problems).Line);
        Assert.Equal("yaml_syntax", Assert.Single(readings[1].Problems).Code);
        Assert.InRange(readings[1].Problems[0].Line!.Value, 6, 7);
        Assert.Empty(readings[2].Problems);
        Assert.Equal(8, readings[2].Root!.Line);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("~", null)]
    [InlineData("null", null)]
    [InlineData("yes", true)]
    [InlineData("Off", false)]
    [InlineData("y", "y")]
    [InlineData("12", 12)]
    [InlineData("-7", -7)]
    [InlineData("+7", 7)]
    [InlineData("1_000", 1000)]
    [InlineData("0x1F", 31)]
    [InlineData("0b101", 5)]
    [InlineData("0755", 493)]
    [InlineData("089", "089")]
    [InlineData("0o17", "0o17")]
    [InlineData("3000000000", 3000000000L)]
    [InlineData("1.5", 1.5)]
    [InlineData("0.5", 0.5)]
    [InlineData("-.5", -0.5)]
    [InlineData("1e3", 1000.0)]
    [InlineData("1.", 1.0)]
    [InlineData(".inf", double.PositiveInfinity)]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("12:30:00", "12:30:00")]
    [InlineData("2024-01-01", "2024-01-01")]
    [InlineData("-", "-")]
    [InlineData("e5", "e5")]
    [InlineData("'12'", "12")]
    [InlineData("\"yes\"", "yes")]
    [InlineData("!!str 12", "12")]
    [InlineData("!!int '12'", 12)]
    public void Plain_scalars_mean_what_they_mean_to_kestra(string written, object? value)
    {
        var reading = YamlText.Read($"a: {written}\nb: 1");
        if (written == "-") Assert.NotEmpty(reading.Problems);
        else Assert.Equal(value, ((YamlScalar)((YamlMapping)reading.Root!)["a"]!).Value);
    }
}
