using System.Globalization;

namespace FlowApps.Survival;

/// <summary>One of the logs outside the product: a line is on disk before anything is concluded from it.</summary>
internal sealed class Journal(string path) : IDisposable
{
    private readonly Lock gate = new();
    private readonly FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    private readonly List<string[]> lines = [];

    public IReadOnlyList<string[]> Lines
    {
        get
        {
            lock (gate) return [.. lines];
        }
    }

    public int Count
    {
        get
        {
            lock (gate) return lines.Count;
        }
    }

    public void Write(params string[] fields)
    {
        var line = string.Join('\t', [DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture), .. fields]) + "\n";
        lock (gate)
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(line));
            file.Flush(flushToDisk: true);
            lines.Add(fields);
        }
    }

    public void Dispose() => file.Dispose();
}
