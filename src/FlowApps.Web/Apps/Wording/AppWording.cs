using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Apps.Wording;

/// <summary>An app's texts in the language of its reader: what the app translates, everything else as it stands.</summary>
public sealed class AppWording
{
    /// <summary>Every text as it stands.</summary>
    public static AppWording None { get; } = new(null, null);

    private readonly Dictionary<string, string> texts;

    private AppWording(string? language, IReadOnlyDictionary<string, string>? translated)
    {
        Language = language;
        texts = (translated ?? new Dictionary<string, string>()).GroupBy(pair => pair.Key.Trim()).ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);
    }

    /// <summary>Null: the author's own.</summary>
    public string? Language { get; }

    /// <summary>The first wanted language that the app has; <c>pt-BR</c> is served by <c>pt</c> too. English is what apps without translations are taken to be in.</summary>
    public static AppWording Of(App app, IEnumerable<string> wanted)
    {
        foreach (var language in wanted)
        {
            if (Find(app, language) is { } own) return new AppWording(own.Key, own.Value);
            if (language.StartsWith("en", StringComparison.OrdinalIgnoreCase)) break;
        }
        return None;
    }

    public string Say(string text) => texts.Count == 0 ? text : texts.GetValueOrDefault(text.Trim(), text);

    public App Of(App app) => texts.Count == 0 ? app : app with { DisplayName = Maybe(app.DisplayName), Description = Maybe(app.Description) };

    public Flow Of(Flow flow) => texts.Count == 0 ? flow : flow with
    {
        Inputs = [.. flow.Inputs.Select(Of)],
        Outputs = [.. flow.Outputs.Select(output => output with { DisplayName = Say(output.DisplayName ?? TaskWords.Of(output.Id)) })],
    };

    public ResolvedInput Of(ResolvedInput input) => texts.Count == 0 ? input : input with
    {
        Input = Of(input.Input),
        Options = [.. input.Options.Select(Of)],
        Rows = [.. input.Rows.Select(row => row.Select(Of).ToList())],
    };

    private InputDefinition Of(InputDefinition input) => input with
    {
        DisplayName = Say(input.Title),
        Description = Maybe(input.Description),
        Values = input.Values?.Select(Of).ToList(),
        Inputs = [.. input.Inputs.Select(Of)],
    };

    private InputOption Of(InputOption option) => option with { Label = Say(option.Text) };

    private string? Maybe(string? text) => text is null ? null : Say(text);

    private static KeyValuePair<string, IReadOnlyDictionary<string, string>>? Find(App app, string language)
    {
        foreach (var candidate in new[] { language, language.Split('-')[0] })
            foreach (var pair in app.Translations)
                if (pair.Key.Equals(candidate, StringComparison.OrdinalIgnoreCase)) return pair;
        return null;
    }
}
