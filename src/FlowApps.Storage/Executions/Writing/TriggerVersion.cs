namespace FlowApps.Storage.Executions.Writing;

internal static class TriggerVersion
{
    /// <summary>Stored whatever version is there.</summary>
    public const long Any = -1;
}
