using FlowApps.Domain.FlowTests;
using FlowApps.Web.Look;

namespace FlowApps.Web.FlowTests;

/// <summary>The state of a test: shape and word.</summary>
public static class FlowTestLook
{
    public static Silhouette Silhouette(this FlowTestState state) => state switch
    {
        FlowTestState.Success => Look.Silhouette.Success,
        FlowTestState.Failed => Look.Silhouette.Failed,
        FlowTestState.Error => Look.Silhouette.Warning,
        FlowTestState.Skipped => Look.Silhouette.Skipped,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Word(this FlowTestState state) => state switch
    {
        FlowTestState.Success => "passed",
        FlowTestState.Failed => "failed",
        FlowTestState.Error => "could not be run",
        FlowTestState.Skipped => "switched off",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
