using FlowApps.Domain.Executions;
using FlowApps.Web.Look;

namespace FlowApps.Web.Requests;

/// <summary>When a request may be done, from how long the last ones of the same kind took. Half of them took longer, and it says so.</summary>
/// <param name="Middle">The median of what they took.</param>
/// <param name="Count">How many there were.</param>
public sealed record RequestForecast(TimeSpan Middle, int Count)
{
    /// <summary>How many of the last ones are looked at.</summary>
    public const int Looked = 50;

    /// <summary>With fewer, nothing can be said.</summary>
    private const int Fewest = 5;

    /// <summary>What is done at once waited for nobody, and says nothing of a request that waits.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>Null when too few of them were ever done, or most of them at once.</summary>
    public static RequestForecast? Of(IReadOnlyList<ExecutionSummary> last)
    {
        var took = last.Where(row => row.State is State.Success or State.Warning && row.EndDate is not null).Select(row => row.EndDate!.Value - row.StartDate).Order().ToList();
        if (took.Count < Fewest) return null;
        var at = took.Count / 2;
        var middle = took.Count % 2 == 1 ? took[at] : (took[at - 1] + took[at]) / 2;
        return middle < Shortest ? null : new RequestForecast(middle, took.Count);
    }

    /// <summary>What to tell about a request that began then.</summary>
    public string Words(DateTimeOffset began, DateTimeOffset now) => began + Middle > now
        ? $"Half of the last {Count} were done within {Durations.Words(Middle)}."
        : $"It takes longer than usual: half of the last {Count} were done within {Durations.Words(Middle)}.";
}
