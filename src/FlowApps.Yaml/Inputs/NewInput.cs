using FlowApps.Domain.Inputs;

namespace FlowApps.Yaml.Inputs;

/// <summary>What a new input of a kind begins with. The kinds are the types, and ROWS: a list whose items are forms.</summary>
public sealed record NewInput
{
    /// <summary>The word for rows, which is no type of its own.</summary>
    public const string Rows = "ROWS";

    private NewInput(string word, InputType type, string id, params (string, object)[] properties)
    {
        Word = word;
        Type = type;
        Id = id;
        foreach (var (property, value) in properties) Properties.Add(property, value);
    }

    public string Word { get; }
    public InputType Type { get; }
    internal string TypeWord => Type.ToString().ToUpperInvariant();

    /// <summary>The id it has while nobody gave it another.</summary>
    internal string Id { get; }
    internal OrderedDictionary<string, object> Properties { get; } = [];

    /// <summary>All kinds that a new input can be of: every type but the old names of two.</summary>
    public static IReadOnlyList<NewInput> All { get; } =
    [
        new("STRING", InputType.String, "text"), new("INT", InputType.Int, "number"), new("FLOAT", InputType.Float, "amount"), new("BOOL", InputType.Bool, "yes_or_no"),
        new("SELECT", InputType.Select, "choice", ("values", Choices())), new("MULTISELECT", InputType.Multiselect, "choices", ("values", Choices())),
        new("DATE", InputType.Date, "date"), new("DATETIME", InputType.Datetime, "moment"), new("TIME", InputType.Time, "time"), new("DURATION", InputType.Duration, "duration"),
        new("EMAIL", InputType.Email, "email"), new("URI", InputType.Uri, "link"), new("FILE", InputType.File, "file"), new("SECRET", InputType.Secret, "secret"),
        new("ARRAY", InputType.Array, "list", ("itemType", "STRING")), new("JSON", InputType.Json, "json"), new("YAML", InputType.Yaml, "yaml"),
        new(Rows, InputType.Array, "rows", ("itemType", "FORM"), ("inputs", Part())), new("FORM", InputType.Form, "section", ("inputs", Part())),
    ];

    public static NewInput? Of(string word) => All.FirstOrDefault(kind => kind.Word == word);

    internal OrderedDictionary<string, object?> Written(string id)
    {
        var written = new OrderedDictionary<string, object?> { ["id"] = id, ["type"] = TypeWord };
        foreach (var (property, value) in Properties) written[property] = value;
        return written;
    }

    private static IReadOnlyList<object?> Choices() => ["First choice", "Second choice"];

    private static IReadOnlyList<object?> Part() => [new OrderedDictionary<string, object?> { ["id"] = "text", ["type"] = "STRING" }];
}
