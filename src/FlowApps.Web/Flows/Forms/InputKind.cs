using FlowApps.Yaml.Inputs;

namespace FlowApps.Web.Flows.Forms;

/// <summary>A kind of field as the form builder shows it: its icon and what people call it.</summary>
public sealed record InputKind(string Word, string Title, string Icon)
{
    /// <summary>As in <see cref="NewInput.All"/>; a test holds them together.</summary>
    public static IReadOnlyList<InputKind> All { get; } =
    [
        Of("STRING", "Text", icon: "letter-case"), Of("INT", "Whole number", icon: "number"), Of("FLOAT", "Number", icon: "decimal"), Of("BOOL", "Yes or no", icon: "toggle-left"),
        Of("SELECT", "One choice", icon: "circle-dot"), Of("MULTISELECT", "Several choices", icon: "checkbox"),
        Of("DATE", "Date", icon: "calendar"), Of("DATETIME", "Date and time", icon: "calendar-time"), Of("TIME", "Time", icon: "clock"), Of("DURATION", "Length of time", icon: "hourglass"),
        Of("EMAIL", "E-mail address", icon: "mail"), Of("URI", "Web address", icon: "link"), Of("FILE", "File", icon: "paperclip"), Of("SECRET", "Secret", icon: "lock"),
        Of("ARRAY", "List", icon: "list"), Of("JSON", "JSON", icon: "braces"), Of("YAML", "YAML", icon: "code"),
        Of(NewInput.Rows, "Rows of fields", icon: "table"), Of("FORM", "Section", icon: "layout-list"),
    ];

    /// <summary>The kind of an input as it is written; an unknown type is its own title.</summary>
    public static InputKind Of(WrittenInput input)
    {
        var word = input.HasRows ? NewInput.Rows : input.TypeWord.ToUpperInvariant() switch { "BOOLEAN" => "BOOL", "ENUM" => "SELECT", var other => other };
        return All.FirstOrDefault(kind => kind.Word == word) ?? Of(input.TypeWord, input.TypeWord.Length == 0 ? "No type" : input.TypeWord, icon: "alert-triangle");
    }

    private static InputKind Of(string word, string title, string icon) => new(word, title, icon);
}
