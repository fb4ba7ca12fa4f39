using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace FlowApps.Runtime.News;

/// <summary>
/// Who listens to what inside this process. Listening begins when <see cref="Listen"/> returns, not at the first read. A slow reader loses the oldest
/// items beyond its capacity and holds up nobody.
/// </summary>
internal sealed class Subscriptions<T>
{
    private readonly ConcurrentDictionary<string, Channel<T>[]> byKey = new(StringComparer.Ordinal);

    public bool IsEmpty => byKey.IsEmpty;

    public bool Has(string key) => byKey.ContainsKey(key);

    public void Publish(string key, T item)
    {
        if (!byKey.TryGetValue(key, out var listeners)) return;
        foreach (var listener in listeners) listener.Writer.TryWrite(item);
    }

    public IAsyncEnumerable<T> Listen(string key, int capacity, CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest });
        byKey.AddOrUpdate(key, _ => [channel], (_, others) => [.. others, channel]);
        var registration = cancellation.Register(() => Remove(key, channel));
        return ReadAsync(key, channel, registration, cancellation);
    }

    private async IAsyncEnumerable<T> ReadAsync(string key, Channel<T> channel, CancellationTokenRegistration registration, [EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            while (await WaitAsync(channel.Reader, cancellation))
                while (channel.Reader.TryRead(out var item)) yield return item;
        }
        finally
        {
            await registration.DisposeAsync();
            Remove(key, channel);
        }
    }

    private static async ValueTask<bool> WaitAsync(ChannelReader<T> reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.WaitToReadAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Remove(string key, Channel<T> channel)
    {
        channel.Writer.TryComplete();
        while (byKey.TryGetValue(key, out var listeners))
        {
            var rest = Array.FindAll(listeners, listener => listener != channel);
            if (rest.Length == listeners.Length) return;
            if (rest.Length == 0 ? byKey.TryRemove(KeyValuePair.Create(key, listeners)) : byKey.TryUpdate(key, rest, listeners)) return;
        }
    }
}
