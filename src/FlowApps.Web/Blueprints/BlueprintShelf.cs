namespace FlowApps.Web.Blueprints;

/// <summary>The blueprints that come with the program, from the folder <c>blueprints</c> beside the settings: those for beginners first, then by title. Read once, when somebody first looks.</summary>
public sealed class BlueprintShelf(IHostEnvironment environment, BlueprintReader reader, ILogger<BlueprintShelf> logger)
{
    private const string ForBeginners = "getting started";
    private readonly Lazy<IReadOnlyList<Blueprint>> all = new(() => Read(Path.Combine(environment.ContentRootPath, "blueprints"), reader, logger));

    public IReadOnlyList<Blueprint> All => all.Value;

    public Blueprint? Find(string? id) => All.FirstOrDefault(blueprint => blueprint.Id == id);

    private static List<Blueprint> Read(string folder, BlueprintReader reader, ILogger logger)
    {
        var read = new List<Blueprint>();
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.yaml") : [])
        {
            try
            {
                read.Add(reader.Read(null, file, File.ReadAllText(file)));
            }
            catch (FormatException wrong)
            {
                logger.LogWarning("The blueprint {File} is left out: {Problem}", file, wrong.Message);
            }
        }
        return read.OrderByDescending(blueprint => blueprint.Head.Tags.Contains(ForBeginners)).ThenBy(blueprint => blueprint.Head.Title, StringComparer.OrdinalIgnoreCase).ToList();
    }
}
