using FlowApps.Domain.Flows;

namespace FlowApps.Web.Blueprints;

/// <summary>The blueprints of the folder <c>blueprints</c> beside the settings: those for beginners first, then by title. They come with the program and are read once, when somebody first looks.</summary>
public sealed class BlueprintShelf(IHostEnvironment environment, IFlows flows, ILogger<BlueprintShelf> logger)
{
    private const string ForBeginners = "getting started";
    private readonly Lazy<IReadOnlyList<Blueprint>> all = new(() => Read(Path.Combine(environment.ContentRootPath, "blueprints"), flows, logger));

    public IReadOnlyList<Blueprint> All => all.Value;

    /// <summary>How many blueprints carry each tag, the most common first.</summary>
    public IReadOnlyList<(string Tag, int Count)> Tags => All.SelectMany(blueprint => blueprint.Tags).GroupBy(tag => tag)
        .Select(group => (Tag: group.Key, Count: group.Count())).OrderByDescending(pair => pair.Count).ThenBy(pair => pair.Tag, StringComparer.Ordinal).ToList();

    public Blueprint? Find(string? id) => All.FirstOrDefault(blueprint => blueprint.Id == id);

    public IReadOnlyList<Blueprint> Search(string? words, string? tag) =>
        All.Where(blueprint => (tag is null || blueprint.Tags.Contains(tag)) && (words is null || blueprint.Has(words))).ToList();

    private static List<Blueprint> Read(string folder, IFlows flows, ILogger logger)
    {
        var read = new List<Blueprint>();
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.yaml") : [])
        {
            try
            {
                var (head, source) = BlueprintHead.Cut(File.ReadAllText(file));
                var reading = flows.Read(source);
                if (reading.Flow is { } flow) read.Add(new Blueprint(Path.GetFileNameWithoutExtension(file), head.Title, head.Description, head.Tags, source, flow));
                else logger.LogWarning("The blueprint {File} is left out: {Problem}", file, reading.Problems[0].Message);
            }
            catch (FormatException wrong)
            {
                logger.LogWarning("The blueprint {File} is left out: {Problem}", file, wrong.Message);
            }
        }
        return read.OrderByDescending(blueprint => blueprint.Tags.Contains(ForBeginners)).ThenBy(blueprint => blueprint.Title, StringComparer.OrdinalIgnoreCase).ToList();
    }
}
