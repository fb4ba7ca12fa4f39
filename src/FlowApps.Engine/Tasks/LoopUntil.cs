using FlowApps.Domain.Plugins;

namespace FlowApps.Engine.Tasks;

/// <summary>Runs tasks again and again until a condition holds; without maxima by default, once a minute.</summary>
[Plugin("core.flow.LoopUntil", Icon = "rotate-clockwise")]
public sealed record LoopUntil : RepeatingTask
{
    protected override int? MostRounds => null;
    protected override TimeSpan? Longest => null;
    protected override TimeSpan Pause => TimeSpan.FromMinutes(1);
}
