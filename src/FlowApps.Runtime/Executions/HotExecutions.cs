using FlowApps.Domain.Executions;

namespace FlowApps.Runtime.Executions;

/// <summary>
/// The executions lately used, newest version each, the least recently used dropped; large ones and ended ones count for more. Only saves loading: the expected version of a commit is the truth.
/// </summary>
/// <param name="capacity">In executions of up to ten task runs.</param>
internal sealed class HotExecutions(int capacity)
{
    private const int MostHeard = 10_000;

    /// <summary>What has ended is looked at for a moment only; keeping thousands of it is work for the garbage collector.</summary>
    private const int WeightOfEnded = 4;
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<LiveExecution>> nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<LiveExecution> byUse = new();
    private Dictionary<string, long> heard = new(StringComparer.Ordinal), heardBefore = new(StringComparer.Ordinal);
    private int weight;

    public LiveExecution? Find(string id)
    {
        lock (gate)
        {
            if (!nodes.TryGetValue(id, out var node)) return null;
            byUse.Remove(node);
            byUse.AddFirst(node);
            return node.Value;
        }
    }

    /// <summary>Keeps it unless a newer version is there already, or is known to be elsewhere.</summary>
    public void Offer(LiveExecution execution)
    {
        lock (gate)
        {
            if (Heard(execution.State.Id) > execution.Version) return;
            if (nodes.TryGetValue(execution.State.Id, out var node))
            {
                if (node.Value.Version > execution.Version) return;
                weight += WeightOf(execution) - WeightOf(node.Value);
                node.Value = execution;
                byUse.Remove(node);
                byUse.AddFirst(node);
            }
            else
            {
                nodes[execution.State.Id] = byUse.AddFirst(execution);
                weight += WeightOf(execution);
            }
            while (weight > capacity && byUse.Count > 1) Remove(byUse.Last!);
        }
    }

    public void Drop(string id)
    {
        lock (gate)
        {
            if (nodes.TryGetValue(id, out var node)) Remove(node);
        }
    }

    /// <summary>Another process moved it to this version: an older one is dropped, and not kept when it comes from a load that was under way.</summary>
    public void Outdate(string id, long version)
    {
        lock (gate)
        {
            if (nodes.TryGetValue(id, out var node) && node.Value.Version < version) Remove(node);
            if (heard.Count >= MostHeard) (heardBefore, heard) = (heard, new(StringComparer.Ordinal));
            heard[id] = Math.Max(version, Heard(id));
        }
    }

    /// <summary>Nothing that was kept can be trusted any more.</summary>
    public void Clear()
    {
        lock (gate)
        {
            nodes.Clear();
            byUse.Clear();
            weight = 0;
        }
    }

    private long Heard(string id) => Math.Max(heard.GetValueOrDefault(id), heardBefore.GetValueOrDefault(id));

    private void Remove(LinkedListNode<LiveExecution> node)
    {
        nodes.Remove(node.Value.State.Id);
        byUse.Remove(node);
        weight -= WeightOf(node.Value);
    }

    private static int WeightOf(LiveExecution execution) =>
        (1 + execution.State.TaskRuns.Count / 10) * (execution.State.State.Current.IsTerminal ? WeightOfEnded : 1);
}
