using System.Globalization;
using System.Text.Json;
using FlowApps.Expressions.Json;

namespace FlowApps.Expressions.Tests;

public sealed class ConformanceTests
{
    private static readonly ExpressionEngine Plain = new(new ExpressionOptions());
    private static readonly ExpressionEngine Recursive = new(new ExpressionOptions { Recursive = true });
    private static readonly Lazy<Dictionary<string, ConformanceCase>> Cases = new(() => ConformanceCase.Load().ToDictionary(entry => entry.Id));

    public static TheoryData<string> Ids => ConformanceCase.IsThere ? new TheoryData<string>(Cases.Value.Keys) : new TheoryData<string>("none");

    [ConformanceTheory]
    [MemberData(nameof(Ids))]
    public void Expression_renders_as_kestra_does(string id)
    {
        var entry = Cases.Value[id];
        var scope = entry.Scope(null);
        scope = scope.With(new ConformanceOutside(entry, scope));
        var engine = entry.IsRecursive ? Recursive : Plain;
        if (entry.IsError)
        {
            var failure = Assert.ThrowsAny<ExpressionException>(() => Render(engine, entry, scope));
            if (entry.ErrorContains is { } part) Assert.Contains(part, failure.Message, StringComparison.Ordinal);
            return;
        }
        Grade(entry, Render(engine, entry, scope));
    }

    private static object? Render(ExpressionEngine engine, ConformanceCase entry, Scope scope) => entry.Expression switch
    {
        string text when entry.IsTyped => engine.RenderTyped(text, scope),
        string text => engine.Render(text, scope),
        var other => engine.RenderDeep(other, scope),
    };

    private static void Grade(ConformanceCase entry, object? result)
    {
        if (entry.IsTyped || entry.Match == "structure")
        {
            Assert.True(IsSame(entry.Expected, result), $"expected {Show(entry.Expected)}, got {Show(result)}");
            return;
        }
        var text = Assert.IsType<string>(result);
        switch (entry.Match)
        {
            case null: Assert.Equal((string)entry.Expected!, text); break;
            case "regex": Assert.Matches((string)entry.Expected!, text); break;
            case "contains": Assert.Contains((string)entry.Expected!, text, StringComparison.Ordinal); break;
            case "startsWith": Assert.StartsWith((string)entry.Expected!, text, StringComparison.Ordinal); break;
            case "endsWith": Assert.EndsWith((string)entry.Expected!, text, StringComparison.Ordinal); break;
            case "containsAll": Assert.All((IReadOnlyList<object?>)entry.Expected!, part => Assert.Contains((string)part!, text, StringComparison.Ordinal)); break;
            case "notEquals": Assert.NotEqual((string)entry.Expected!, text); break;
            case "json": Assert.True(IsSame(JsonReader.Parse((string)entry.Expected!), JsonReader.Parse(text)), text); break;
            case "jsonContains":
                var whole = (IReadOnlyDictionary<string, object?>)JsonReader.Parse(text)!;
                Assert.All((IReadOnlyDictionary<string, object?>)JsonReader.Parse((string)entry.Expected!)!, part => Assert.True(IsSame(part.Value, whole[part.Key]), text));
                break;
            default: Assert.Fail($"the match {entry.Match} is not known"); break;
        }
    }

    private static bool IsSame(object? expected, object? actual) => (expected, actual) switch
    {
        (null, null) => true,
        (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b) => a.Keys.Order().SequenceEqual(b.Keys.Order()) && a.All(entry => IsSame(entry.Value, b[entry.Key])),
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => IsSame(pair.First, pair.Second)),
        (string a, string b) => a == b,
        (bool a, bool b) => a == b,
        (int or long or double, int or long or double or float) => (expected is double) == (actual is double or float)
            && Math.Abs(Convert.ToDouble(expected, CultureInfo.InvariantCulture) - Convert.ToDouble(actual, CultureInfo.InvariantCulture)) < 1e-6,
        _ => false,
    };

    private static string Show(object? value) => value is null ? "null" : JsonSerializer.Serialize(value);
}
