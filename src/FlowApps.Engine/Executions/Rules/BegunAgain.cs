using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Executions;

/// <summary>
/// The mark of a flowable that a replay begins with: it counts as running from the first moment (kestra-semantics 11), and works out anew what it works out when it begins
/// (the values of a loop, the branch of an If), which may differ from what it found the first time.
/// </summary>
internal static class BegunAgain
{
    private const string Key = "begunAgain";

    public static IReadOnlyDictionary<string, object?> Mark { get; } = Data.Map((Key, true));

    public static bool Is(TaskRun run) => run.Plan?.ContainsKey(Key) == true;
}
