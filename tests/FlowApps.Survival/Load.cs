using System.Collections.Concurrent;
using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>
/// Clients of all servers: they start flows with a key each, repeat keys (double clicks, reloads, retries after no answer, the other server), call the webhook, answer
/// questions at the same moment at different servers, kill some of what they started, and save flows. What they were told is written down before it counts.
/// </summary>
internal sealed class Load(Rig rig, int seed)
{
    private const int Clients = 5;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<string> problems = new();
    private readonly ConcurrentDictionary<string, string> flowOf = new();
    private readonly ConcurrentQueue<string> waiting = new();
    private int refused, unanswered, repeated, halted;

    /// <summary>Answers that no client should ever get.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>Requests refused with 503 and a time to try again, without an answer, and repeats of a key.</summary>
    public (int Refused, int Unanswered, int Repeated, int Halted) Counts => (refused, unanswered, repeated, halted);

    public async Task RunAsync(CancellationToken stop)
    {
        var flows = Flows.Started(rig.Ledger.Address).Select(flow => flow.Id).ToList();
        await Task.WhenAll([.. Enumerable.Range(0, Clients).Select(client => Task.Run(() => SubmitAsync(flows, new Random(seed + client), client, stop), CancellationToken.None)), Task.Run(() => DevelopAsync(stop), CancellationToken.None)]);
    }

    /// <summary>Sends a key until somebody answers it, and brings to an end what does not end by itself.</summary>
    public async Task<string?> CompleteAsync(string key, Random random, CancellationToken stop)
    {
        var id = await InsistAsync(key, random, stop);
        if (id is not null && flowOf[key] == Flows.Halted) await HaltAsync(id, random);
        return id;
    }

    /// <summary>Every key that was ever sent, answered or not.</summary>
    public IReadOnlyCollection<string> Keys => [.. flowOf.Keys];

    /// <summary>Sends a key until somebody answers it.</summary>
    private async Task<string?> InsistAsync(string key, Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await SendAsync(key, random.Next(rig.Apis.Count)) is { } id) return id;
            await Task.Delay(Again, CancellationToken.None);
        }
        return null;
    }

    private async Task SubmitAsync(List<string> flows, Random random, int client, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var key = $"{client}-{number}";
            flowOf[key] = random.Next(10) == 0 ? Flows.Hooked : flows[random.Next(flows.Count)];
            var id = random.Next(5) == 0 ? await TwiceAsync(key) : await SendAsync(key, random.Next(rig.Apis.Count));
            id ??= await InsistAsync(key, random, stop);
            if (id is null) return;
            if (flowOf[key] == Flows.Halted) await HaltAsync(id, random);
            else if (flowOf[key] == MixedLoad.Waiting && random.Next(2) == 0) waiting.Enqueue(id);
            if (random.Next(4) == 0 && waiting.TryDequeue(out var question)) await AnswerAsync(question, key);
            await Task.Delay(Breath, CancellationToken.None);
        }
    }

    /// <summary>The same submission to two servers at once.</summary>
    private async Task<string?> TwiceAsync(string key)
    {
        Interlocked.Increment(ref repeated);
        var ids = await Task.WhenAll(SendAsync(key, 0), SendAsync(key, rig.Apis.Count - 1));
        return ids[0] ?? ids[1];
    }

    private async Task<string?> SendAsync(string key, int server)
    {
        var answer = flowOf[key] == Flows.Hooked ? await rig.Apis[server].CallHookAsync(key) : await rig.Apis[server].StartAsync(flowOf[key], key);
        if (!WasAccepted(answer, key)) return null;
        rig.Acks.Write(key, answer!.Id);
        return answer.Id;
    }

    /// <summary>Two people at two servers; who is told that it worked is written down.</summary>
    private async Task AnswerAsync(string execution, string name) =>
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async person =>
        {
            var who = $"{name}-{person}";
            var answer = await rig.Apis[person % rig.Apis.Count].ResumeAsync(execution, who);
            if (answer?.Status is 409 or 404 or 422) return;
            if (WasAccepted(answer, $"the answer to {execution}")) rig.Decisions.Write(execution, who);
        }));

    /// <summary>Tells one server after the other to kill it until one says that it is, or that it was already.</summary>
    private async Task HaltAsync(string execution, Random random)
    {
        while (true)
        {
            var answer = await rig.Apis[random.Next(rig.Apis.Count)].KillAsync(execution);
            if (answer?.Status == 409) return;
            if (WasAccepted(answer, $"killing {execution}")) break;
            await Task.Delay(Again, CancellationToken.None);
        }
        Interlocked.Increment(ref halted);
    }

    private async Task DevelopAsync(CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var answer = await rig.Apis[number % rig.Apis.Count].SaveAsync(Flows.Saved($"saved-{number}"));
            if (answer?.Status is not (409 or 422)) WasAccepted(answer, $"saving flow {number}");
            await Task.Delay(500, CancellationToken.None);
        }
    }

    /// <summary>Accepted, or nothing happened and the client was told so properly.</summary>
    private bool WasAccepted(Answer? answer, string what)
    {
        if (answer is { IsAccepted: true }) return true;
        if (answer is null) Interlocked.Increment(ref unanswered);
        else if (answer is { Status: 503, SaysWhenToRetry: true }) Interlocked.Increment(ref refused);
        else problems.Enqueue($"{what}: {answer.Status} {answer.Body[..Math.Min(answer.Body.Length, 300)]}");
        return false;
    }
}
