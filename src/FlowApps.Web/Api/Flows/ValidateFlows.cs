using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Security;
using FlowApps.Yaml.Text;

namespace FlowApps.Web.Api.Flows;

/// <summary>Reads flow texts (one or several documents), single tasks or triggers without saving; says what is wrong, line by line.</summary>
public sealed class ValidateFlows : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/flows/validate", FlowsAsync).RequirePermission(Permission.ReadFlows).WithName("validateFlows");
        api.MapPost("/flows/validate/task", TaskAsync).RequirePermission(Permission.ReadFlows).WithName("validateTask");
        api.MapPost("/flows/validate/trigger", TriggerAsync).RequirePermission(Permission.ReadFlows).WithName("validateTrigger");
    }

    private static async Task<IResult> FlowsAsync(HttpRequest request, IFlows flows, CancellationToken cancellation)
    {
        var rows = new List<Validation>();
        foreach (var (text, line) in Documents(await request.ReadTextAsync()))
        {
            var reading = flows.Read(text);
            var outdated = reading.Flow is { } flow && FlowJson.Read(text).GetValueOrDefault("revision") is int revision
                && (await flows.FindAsync(flow.Key, null, cancellation))?.Revision > revision;
            rows.Add(Validation.Of(reading, rows.Count, line - 1) with { Outdated = outdated });
        }
        return Answer.Json(rows);
    }

    private static async Task<IResult> TaskAsync(HttpRequest request, string? section, IFlows flows) =>
        Answer.Json(Part(await request.ReadTextAsync(), section?.ToUpperInvariant() == "TRIGGERS" ? "triggers" : "tasks", flows));

    private static async Task<IResult> TriggerAsync(HttpRequest request, IFlows flows) => Answer.Json(Part(await request.ReadTextAsync(), "triggers", flows));

    /// <summary>A part is read inside the smallest flow there is.</summary>
    private static Validation Part(string text, string section, IFlows flows)
    {
        var part = YamlText.Read(text);
        if (part.Root is null || part.Problems.Count > 0) return Validation.Of(new FlowReading(null, part.Problems, [], [], []), 0, 0);
        var flow = Data.Map(("id", "validation"), ("namespace", "validation"), (section, new List<object?> { part.Root.ToData() }));
        if (section != "tasks") flow["tasks"] = new List<object?> { Data.Map(("id", "nothing"), ("type", "core.debug.Return")) };
        var reading = flows.Read(Data.Write(flow));
        return Validation.Of(reading with { Problems = reading.Problems.Select(p => p with { Line = null, Column = null }).ToList() }, 0, 0) with { Flow = null, Namespace = null };
    }

    private static IEnumerable<(string Text, int Line)> Documents(string source) =>
        YamlText.Documents(source).Take(1000) is var documents && documents.Any() ? documents : [(source, 1)];

    /// <summary>What reading one document found. <c>Constraints</c>: all problems as one text, absent when it is valid.</summary>
    public sealed record Validation(int Index, string? Flow, string? Namespace, string? Constraints, bool Outdated, IReadOnlyList<string> DeprecationPaths, IReadOnlyList<string> Warnings, IReadOnlyList<string> Infos, IReadOnlyList<Problem> Problems)
    {
        public static Validation Of(FlowReading reading, int index, int lines)
        {
            var problems = reading.Problems.Select(p => p with { Line = p.Line + lines }).ToList();
            return new Validation(index, reading.Id, reading.Namespace, problems.Count == 0 ? null : string.Join("\n", problems), false,
                reading.DeprecationPaths, reading.Warnings.Select(w => w.ToString()).ToList(), reading.Infos, problems);
        }
    }
}
