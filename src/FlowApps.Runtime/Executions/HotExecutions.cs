using FlowApps.Domain.Executions;

namespace FlowApps.Runtime.Executions;

/// <summary>
/// The executions lately used, newest version each. Only saves loading: the expected version of a commit is the truth. What has ended is looked at for a moment only and has less
/// room: thousands of it would push out what goes on, and be work for the garbage collector.
/// </summary>
/// <param name="capacity">In executions of up to ten task runs.</param>
internal sealed class HotExecutions(int capacity)
{
    private const int MostHeard = 10_000;
    private readonly Lock gate = new();
    private readonly Shelf open = new(capacity), ended = new(Math.Max(capacity / 4, 1));
    private Dictionary<string, long> heard = new(StringComparer.Ordinal), heardBefore = new(StringComparer.Ordinal);

    public LiveExecution? Find(string id)
    {
        lock (gate) return open.Find(id) ?? ended.Find(id);
    }

    /// <summary>Keeps it unless a newer version is there already, or is known to be elsewhere.</summary>
    public void Offer(LiveExecution execution)
    {
        lock (gate)
        {
            var id = execution.State.Id;
            if (Heard(id) > execution.Version || Peek(id)?.Version > execution.Version) return;
            var (shelf, other) = execution.State.State.Current.IsTerminal ? (ended, open) : (open, ended);
            other.Remove(id);
            shelf.Put(execution);
        }
    }

    public void Drop(string id)
    {
        lock (gate) Remove(id);
    }

    /// <summary>Another process moved it to this version: an older one is dropped, and not kept when it comes from a load that was under way.</summary>
    public void Outdate(string id, long version)
    {
        lock (gate)
        {
            if (Peek(id)?.Version < version) Remove(id);
            if (heard.Count >= MostHeard) (heardBefore, heard) = (heard, new(StringComparer.Ordinal));
            heard[id] = Math.Max(version, Heard(id));
        }
    }

    /// <summary>Nothing that was kept can be trusted any more.</summary>
    public void Clear()
    {
        lock (gate)
        {
            open.Clear();
            ended.Clear();
        }
    }

    private LiveExecution? Peek(string id) => open.Peek(id) ?? ended.Peek(id);

    private long Heard(string id) => Math.Max(heard.GetValueOrDefault(id), heardBefore.GetValueOrDefault(id));

    private void Remove(string id)
    {
        open.Remove(id);
        ended.Remove(id);
    }
}
