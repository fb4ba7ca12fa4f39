using FlowApps.Domain.Plugins;

namespace FlowApps.Engine.Tasks;

/// <summary>The old name of LoopUntil: every second, at most 100 rounds and one hour by default.</summary>
[Plugin("core.flow.WaitFor", "io.kestra.core.tasks.flows.WaitFor", Deprecated = true, Icon = "rotate-clockwise")]
public sealed record WaitFor : RepeatingTask
{
    private static readonly CheckFrequency Defaults = new() { MaxIterations = 100, MaxDuration = TimeSpan.FromHours(1), Interval = TimeSpan.FromSeconds(1) };

    protected override CheckFrequency Default => Defaults;
}
