using System.Globalization;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;
using Microsoft.Extensions.Configuration;

namespace FlowApps.Runtime.Hosting;

/// <summary>Reads <see cref="RuntimeOptions"/>; says everything that is wrong at once, with the key's name.</summary>
internal sealed class RuntimeOptionsReader(IConfiguration configuration)
{
    private readonly IConfigurationSection section = configuration.GetSection("FlowApps");
    private readonly List<string> problems = [];

    /// <summary>Errors: <see cref="InvalidOperationException"/> with one line per wrong key.</summary>
    public static RuntimeOptions Read(IConfiguration configuration) => new RuntimeOptionsReader(configuration).Read();

    private RuntimeOptions Read()
    {
        var defaults = new RuntimeOptions();
        var options = defaults with
        {
            DataFolder = section["Data"] ?? defaults.DataFolder,
            Url = section["Url"]?.TrimEnd('/'),
            Environment = section["Environment"],
            Node = section["Node"] ?? defaults.Node,
            Roles = Words("Roles") is { Count: > 0 } words ? words.Select(Role).ToHashSet() : defaults.Roles,
            WorkerThreads = Number("Workers:Threads", 1, 10_000) ?? defaults.WorkerThreads,
            Lease = Time("Workers:Lease", TimeSpan.FromSeconds(1)) ?? defaults.Lease,
            WorkerGroups = Words("Workers:Groups"),
            Globals = Tree(section.GetSection("Variables:Globals")) as IReadOnlyDictionary<string, object?> ?? defaults.Globals,
            EnvironmentPrefix = section["Variables:EnvVarsPrefix"] ?? defaults.EnvironmentPrefix,
            RecursiveRendering = Flag("Variables:RecursiveRendering"),
            Templates = Flag("Templates:Enabled"),
            PluginConfigurations = PluginValues("Plugins:Configurations"),
            PluginDefaults = PluginValues("Plugins:Defaults"),
        };
        if (options.Url is not null && !Uri.TryCreate(options.Url, UriKind.Absolute, out _)) Problem("Url", "must be an absolute address such as https://flows.example.com");
        return problems.Count == 0 ? options : throw new InvalidOperationException("The configuration is wrong:\n" + string.Join("\n", problems));
    }

    private List<string> Words(string key)
    {
        var children = section.GetSection(key).GetChildren().Select(child => child.Value).OfType<string>().ToList();
        return children.Count > 0 ? children : [.. (section[key] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }

    private NodeRole Role(string word)
    {
        if (Enum.TryParse<NodeRole>(word, ignoreCase: true, out var role)) return role;
        Problem("Roles", $"'{word}' is none of web, engine, scheduler, worker");
        return default;
    }

    private int? Number(string key, int min, int max)
    {
        if (section[key] is not { Length: > 0 } text) return null;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
        Problem(key, $"must be a number from {min} to {max}, not '{text}'");
        return null;
    }

    private TimeSpan? Time(string key, TimeSpan min)
    {
        if (section[key] is not { Length: > 0 } text) return null;
        if ((Duration.TryParse(text, out var time) || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time)) && time >= min) return time;
        Problem(key, $"must be a duration of at least {Duration.Write(min)}, such as PT15S, not '{text}'");
        return null;
    }

    private bool Flag(string key)
    {
        if (section[key] is not { Length: > 0 } text) return false;
        if (bool.TryParse(text, out var flag)) return flag;
        Problem(key, $"must be true or false, not '{text}'");
        return false;
    }

    private List<PluginDefault> PluginValues(string key)
    {
        var list = new List<PluginDefault>();
        foreach (var child in section.GetSection(key).GetChildren())
        {
            if (child["Type"] is not { Length: > 0 } type)
            {
                Problem($"{key}:{child.Key}:Type", "is missing");
                continue;
            }
            list.Add(new PluginDefault(type, Tree(child.GetSection("Values")) as IReadOnlyDictionary<string, object?> ?? Data.Map(), child["Forced"] is "true" or "True"));
        }
        return list;
    }

    /// <summary>Sections are maps (or lists, when all keys are numbers); leaves are text, but whole numbers and true or false are what they say.</summary>
    private static object? Tree(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0) return Leaf(section.Value);
        if (children.All(child => int.TryParse(child.Key, out _))) return children.OrderBy(child => int.Parse(child.Key, CultureInfo.InvariantCulture)).Select(Tree).ToList();
        var map = Data.Map();
        foreach (var child in children) map[child.Key] = Tree(child);
        return map;
    }

    private static object? Leaf(string? text) =>
        text is "true" or "True" ? true : text is "false" or "False" ? false
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text;

    private void Problem(string key, string why) => problems.Add($"FlowApps:{key} {why}.");
}
