using FlowApps.Domain.Plugins;

namespace FlowApps.Engine.Tasks;

/// <summary>Runs tasks again and again until a condition holds; without maxima by default, once a minute.</summary>
[Plugin("core.flow.LoopUntil", Icon = "rotate-clockwise")]
public sealed record LoopUntil : RepeatingTask
{
    private static readonly CheckFrequency Defaults = new() { Interval = TimeSpan.FromMinutes(1) };

    protected override CheckFrequency Default => Defaults;
}
