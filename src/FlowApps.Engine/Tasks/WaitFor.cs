using FlowApps.Domain.Plugins;

namespace FlowApps.Engine.Tasks;

/// <summary>The old name of LoopUntil: every second, at most 100 rounds and one hour by default.</summary>
[Plugin("core.flow.WaitFor", "io.kestra.core.tasks.flows.WaitFor", Deprecated = true, Icon = "rotate-clockwise")]
public sealed record WaitFor : RepeatingTask
{
    protected override int? MostRounds => 100;
    protected override TimeSpan? Longest => TimeSpan.FromHours(1);
    protected override TimeSpan Pause => TimeSpan.FromSeconds(1);
}
