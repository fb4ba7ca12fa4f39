using System.Globalization;
using System.Text;
using FlowApps.Domain.Plugins;
using FlowApps.Engine.Executions;
using FlowApps.Expressions;
using FlowApps.Plugins;
using FlowApps.Yaml.Schema;

namespace FlowApps.Specs.Documents;

/// <summary>The reference pages, written from what the code says of itself.</summary>
internal static class LanguageReference
{
    private const string Head = "<!-- Written from the code: FLOWAPPS_WRITE_DOCS=1 ./flowapps test Specs -->\n\n";

    public static string Expressions()
    {
        var page = new StringBuilder(Head).Append("# Expressions\n\nWhat stands between `{{` and `}}` in a flow. Every example is rendered by a test.\n");
        foreach (var kind in ExpressionCatalogue.Entries.GroupBy(entry => entry.Kind))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {kind.Key}s\n\n| {kind.Key} | What it does | Example | Result |\n|---|---|---|---|\n");
            foreach (var entry in kind)
                page.Append(CultureInfo.InvariantCulture, $"| `{Cell(entry.Signature)}` | {Cell(entry.Description)}{(entry.IsOutside ? " Looks outside: runs on a worker." : "")} | `{Cell(entry.Example)}` | {(entry.Result is null ? "" : $"`{Cell(entry.Result)}`")} |\n");
        }
        return page.ToString();
    }

    public static string Plugins()
    {
        var docs = new PluginDocs(new PluginCatalogue([typeof(PluginCatalogue).Assembly, typeof(ExecutionDecider).Assembly, typeof(PluginsServices).Assembly]));
        var page = new StringBuilder(Head).Append("# Tasks, triggers, conditions and blocks\n\nEvery type is also known with the prefix `io.kestra.plugin.`. A *dynamic* property takes expressions.\n");
        foreach (var kind in docs.All.GroupBy(doc => doc.Kind).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {char.ToUpperInvariant(kind.Key[0])}{kind.Key[1..]}s\n");
            foreach (var doc in kind.OrderBy(doc => doc.Type, StringComparer.Ordinal))
            {
                page.Append(CultureInfo.InvariantCulture, $"\n### `{doc.Type}`\n\n{(doc.Deprecated ? "*Old: still works.* " : "")}{doc.Description}\n");
                var own = doc.Properties.Where(property => !property.Common).ToList();
                if (own.Count == 0) continue;
                page.Append("\n| Property | Type | |\n|---|---|---|\n");
                foreach (var property in own)
                    page.Append(CultureInfo.InvariantCulture, $"| `{property.Name}`{(property.Required ? " (required)" : "")} | {Cell(property.Type)}{(property.Dynamic ? ", dynamic" : "")} | {Cell(property.Description ?? "")} |\n");
            }
        }
        return page.ToString();
    }

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
