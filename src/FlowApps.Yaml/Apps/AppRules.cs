using System.Text.RegularExpressions;
using FlowApps.Domain.Apps;
using FlowApps.Yaml.Binding;

namespace FlowApps.Yaml.Apps;

/// <summary>What an app must be as a whole, beyond the types of its fields.</summary>
internal static partial class AppRules
{
    private const int WidestColumn = 3;
    private const int MostRequests = 25;

    public static void Check(App app, Findings findings)
    {
        if (app.DisplayName is { Length: 0 or > 150 }) findings.Report(app, "too_long", "must have 1 to 150 characters", "displayName");
        if (app.FlowRevision < 1) findings.Report(app, "wrong_value", "must be greater than or equal to 1", "flowRevision");
        if (app.Expiration is { StartDate: { } start, EndDate: { } end } && end <= start) findings.Report(app, "wrong_value", "`endDate` must be after `startDate`", "expiration.endDate");
        CheckPicture(app, app.Thumbnail, "thumbnail", findings);
        CheckPicture(app, app.Branding.Logo, "branding.logo", findings);
        CheckColour(app, findings);
        CheckFlows(app, findings);
        CheckEmbed(app, findings);
        foreach (var language in app.Translations.Keys.Where(language => !Language().IsMatch(language)))
            findings.Report(app, "wrong_value", $"`{language}` is not a language", $"translations.{language}", "Write it as de, or as pt-BR.");
        foreach (var section in app.Layout.GroupBy(s => s.On).Where(g => g.Count() > 1))
            findings.Report(section.ElementAt(1), "duplicate_section", $"The state {section.Key.ToString().ToUpperInvariant()} has two sections", "on", "Put all blocks of a state into one section.");
        foreach (var block in app.Layout.SelectMany(section => section.Blocks).Flatten()) CheckBlock(block, findings);
    }

    private static void CheckPicture(App app, string? address, string field, Findings findings)
    {
        if (address is not null && !address.StartsWith("nsfile:///", StringComparison.Ordinal) && !address.StartsWith("nsfiles:///", StringComparison.Ordinal))
            findings.Report(app, "wrong_value", "must be a namespace file", field, "Write it as nsfile:///name.svg.");
    }

    private static void CheckColour(App app, Findings findings)
    {
        if (app.Branding.Color is not { } text) return;
        if (!Colour.TryParse(text, out var colour)) findings.Report(app, "wrong_value", $"`{text}` is not a colour", "branding.color", "Write it as \"#1f5f8b\".");
        else if (colour.ContrastTo(Colour.White) is < Colour.Readable and var contrast)
            findings.Report(app, "low_contrast", $"White text on {text} has a contrast of {Math.Floor(contrast * 10) / 10:0.0} to 1, and {Colour.Readable} to 1 is needed to read it", "branding.color", "Choose a darker colour.");
    }

    private static void CheckFlows(App app, Findings findings)
    {
        var known = new HashSet<string>(StringComparer.Ordinal) { app.FlowId };
        foreach (var flow in app.Flows)
        {
            if (Identifiers.Problem(flow.FlowId, IdKind.Flow) is { } wrong) findings.Report(flow, "invalid_id", wrong, "flowId");
            else if (!known.Add(flow.FlowId)) findings.Report(flow, "duplicate_id", $"The app offers the flow `{flow.FlowId}` twice", "flowId", "`flowId` of the app is offered already.");
            if (flow.FlowRevision < 1) findings.Report(flow, "wrong_value", "must be greater than or equal to 1", "flowRevision");
        }
    }

    private static void CheckEmbed(App app, Findings findings)
    {
        if (app.Embed.Count > 0 && app.Access.Type != AppAccessType.Public) findings.Report(app, "wrong_value", "only a PUBLIC app can be shown in a frame", "embed", "Write `access: PUBLIC`, or drop `embed`.");
        for (var i = 0; i < app.Embed.Count; i++)
            if (!Origin().IsMatch(app.Embed[i])) findings.Report(app, "wrong_value", $"`{app.Embed[i]}` is not an origin", $"embed[{i}]", "Write it as https://intranet.example, without a path.");
    }

    private static void CheckBlock(AppBlock block, Findings findings)
    {
        foreach (var inner in block.Inside().Where(inner => AppBlocks.IsPlaced(inner.GetType())))
            findings.Report(inner, "wrong_place", "forms and buttons that act have their own place on the page", "type", "Move it out, directly below `blocks` of the section.");
        if (block is ColumnsBlock columns)
            foreach (var column in columns.Columns.Where(column => column.Width is < 1 or > WidestColumn)) findings.Report(column, "wrong_value", $"must be 1 to {WidestColumn}", "width");
        if (block is MyRequestsBlock { Size: < 1 or > MostRequests }) findings.Report(block, "wrong_value", $"must be 1 to {MostRequests}", "size");
    }

    [GeneratedRegex("^[a-z]{2,3}(-[A-Z]{2})?$")]
    private static partial Regex Language();

    [GeneratedRegex(@"^(https://[a-z0-9.-]+(:\d+)?|http://(localhost|127\.0\.0\.1)(:\d+)?)$")]
    private static partial Regex Origin();
}
