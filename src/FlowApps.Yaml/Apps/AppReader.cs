using FlowApps.Domain.Apps;
using FlowApps.Domain.Plugins;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Apps;

/// <summary>From an app's text to the app, with every problem at once.</summary>
public sealed class AppReader(PluginCatalogue catalogue)
{
    /// <summary>The names of the one type of app.</summary>
    private static readonly string[] Types = ["apps.Execution", "io.kestra.plugin.ee.apps.Execution"];

    private readonly DocumentReader<App> document = new(catalogue, "An app is expected: a map with `id`, `type`, `namespace` and `flowId`.", Check);

    public AppReading Read(string source) => Bind(YamlText.Read(source));

    /// <summary>Reads each document of a text, as an exported set of apps.</summary>
    public IReadOnlyList<AppReading> ReadAll(string source) => [.. YamlText.ReadAll(source).Select(Bind)];

    private AppReading Bind(YamlReading text)
    {
        var (app, problems) = document.Read(text);
        return new AppReading(app, problems);
    }

    private static void Check(App app, Findings findings)
    {
        if (!Types.Contains(app.Type)) findings.Report(app, "unknown_type", $"Invalid type: {app.Type}", "type", $"Did you mean `{Types[0]}`?");
        AppRules.Check(app, findings);
    }
}
