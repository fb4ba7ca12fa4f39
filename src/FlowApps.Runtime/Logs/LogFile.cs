using System.Globalization;
using FlowApps.Domain.Logs;

namespace FlowApps.Runtime.Logs;

/// <summary>The lines of an attempt whose task says <c>logToFile</c>: kept beside the log store, put into internal storage at its end.</summary>
internal sealed class LogFile(string path) : IDisposable
{
    private readonly Lock gate = new();
    private readonly StreamWriter writer = new(path, append: false);

    public void Write(LogEntry line)
    {
        lock (gate) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.Timestamp:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {line.Level.ToString().ToUpperInvariant()} {line.Message}"));
    }

    public Stream Read()
    {
        lock (gate) writer.Flush();
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
    }

    public void Dispose() => writer.Dispose();
}
