using System.Diagnostics;
using FlowApps.Expressions;

namespace FlowApps.Bench;

/// <summary>How often a text is rendered in a second on one thread, after it was parsed once.</summary>
internal static class ExpressionSpeed
{
    private const string Lookup = "{{ outputs.fetch.uri }}";
    private const string Address = "https://{{ vars.host }}/{{ flow.namespace }}/{{ flow.id }}/runs/{{ execution.id }}?day={{ inputs.day }}&uri={{ outputs.fetch.uri }}";

    public static IEnumerable<Figures> Measure(TimeSpan length)
    {
        var engine = new ExpressionEngine(new ExpressionOptions());
        var scope = new Scope(new OrderedDictionary<string, object?>
        {
            ["outputs"] = Map(("fetch", Map(("uri", "kestra:///company/flow/executions/1/out.csv")))),
            ["vars"] = Map(("host", "files.example.com")),
            ["flow"] = Map(("namespace", "company.data"), ("id", "nightly")),
            ["execution"] = Map(("id", "0351fnaDyoA1d0YkZcW8Yz")),
            ["inputs"] = Map(("day", "2026-11-21")),
        });
        yield return Measure("expression: lookup", engine, Lookup, scope, length);
        yield return Measure("expression: six in a text", engine, Address, scope, length);
    }

    private static Figures Measure(string name, ExpressionEngine engine, string template, Scope scope, TimeSpan length)
    {
        Render(engine, template, scope, TimeSpan.FromSeconds(1));
        return Figures.Single(name, Render(engine, template, scope, length) / 1e6, "million/s");
    }

    private static double Render(ExpressionEngine engine, string template, Scope scope, TimeSpan length)
    {
        var clock = Stopwatch.StartNew();
        long count = 0;
        for (; clock.Elapsed < length; count += 1000)
            for (var i = 0; i < 1000; i++)
                engine.Render(template, scope);
        return count / clock.Elapsed.TotalSeconds;
    }

    private static OrderedDictionary<string, object?> Map(params ReadOnlySpan<(string Key, object? Value)> entries)
    {
        var map = new OrderedDictionary<string, object?>();
        foreach (var (key, value) in entries) map[key] = value;
        return map;
    }
}
