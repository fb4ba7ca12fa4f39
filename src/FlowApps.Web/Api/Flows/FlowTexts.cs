using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Api.Flows;

/// <summary>Many flow texts at once: read all before any is saved.</summary>
public static class FlowTexts
{
    /// <summary>Errors: Invalid with the problems of all texts, each path led by its flow.</summary>
    public static IReadOnlyList<(Flow Flow, string Source)> Read(IEnumerable<string> sources, IFlows flows)
    {
        var read = new List<(Flow, string)>();
        var problems = new List<Problem>();
        foreach (var source in sources)
        {
            var reading = flows.Read(source);
            if (reading.Flow is { } flow && reading.Problems.Count == 0) read.Add((flow, source));
            else problems.AddRange(reading.Problems.Select(p => p with { Path = string.Join('.', new[] { reading.Id, p.Path }.OfType<string>()) }));
        }
        return problems.Count == 0 ? read : throw new RefusedException(RefusalKind.Invalid, problems);
    }

    public static async Task<FlowRevision> SaveAsync(FlowId key, string source, string? by, IFlows flows, CancellationToken cancellation) =>
        await flows.SourceAsync(key, null, cancellation) is null
            ? await flows.CreateAsync(source, by, cancellation)
            : await flows.UpdateAsync(key, source, by, null, cancellation);
}
