using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Triggers;

namespace FlowApps.Yaml.Tests.Fixtures;

[Plugin("test.Every")]
public sealed record Every : PollingTrigger
{
    public TimeZoneInfo? Timezone { get; init; }

    public override ValueTask<IReadOnlyDictionary<string, object?>?> EvaluateAsync(TaskContext context, CancellationToken cancellation) => new((IReadOnlyDictionary<string, object?>?)null);
}
