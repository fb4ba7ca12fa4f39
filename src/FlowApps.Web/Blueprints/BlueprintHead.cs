namespace FlowApps.Web.Blueprints;

/// <summary>
/// The comment that a blueprint's file begins with: <c># title: …</c>, <c># description: …</c> and <c># tags: a, b</c>, each on a line, in this order; a line that begins
/// with <c>#</c> and two spaces or more continues the one before. The flow's own text follows after a blank line.
/// </summary>
public sealed record BlueprintHead(string Title, string Description, IReadOnlyList<string> Tags)
{
    /// <exception cref="FormatException">A line is missing or empty.</exception>
    public static (BlueprintHead Head, string Source) Cut(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var length = lines.TakeWhile(line => line.StartsWith('#')).Count();
        var fields = new List<string>();
        foreach (var line in lines.Take(length))
        {
            if (line.StartsWith("#  ", StringComparison.Ordinal) && fields.Count > 0) fields[^1] += " " + line[3..].Trim();
            else fields.Add(line[1..].Trim());
        }
        if (fields.Count != 3) throw new FormatException($"The head of a blueprint has the lines title, description and tags; here it has {fields.Count} lines.");
        var tags = Field(fields[2], "tags").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (tags.Length == 0) throw new FormatException("A blueprint has at least one tag.");
        return (new BlueprintHead(Field(fields[0], "title"), Field(fields[1], "description"), tags), string.Join('\n', lines.Skip(length)).TrimStart('\n'));
    }

    /// <summary>The lines that begin a blueprint's file.</summary>
    public override string ToString() => $"# title: {Title}\n# description: {Description}\n# tags: {string.Join(", ", Tags)}";

    private static string Field(string line, string name) => line.StartsWith(name + ":", StringComparison.Ordinal) && line[(name.Length + 1)..].Trim() is { Length: > 0 } value
        ? value
        : throw new FormatException($"'{name}: …' was expected in the head of a blueprint, not '{line}'.");
}
