namespace FlowApps.Engine.Conditions;

/// <summary>When a rendered condition holds: not for false, 0, -0 and nothing (kestra-semantics 3.1).</summary>
internal static class ConditionTruth
{
    public static bool Of(string rendered) => rendered.Trim() is not ("" or "false" or "0" or "-0");
}
