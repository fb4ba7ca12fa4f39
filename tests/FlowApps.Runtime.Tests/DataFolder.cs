namespace FlowApps.Runtime.Tests;

/// <summary>A data folder of its own, removed afterwards.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = New();

    public void Dispose() => Remove(Path);

    /// <summary>Others may enter it: as root the database runs under an account of its own.</summary>
    public static string New() => Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"fa-{Guid.NewGuid():N}"[..11])).FullName;

    public static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (IOException)
        {
            // A database that is still stopping; the operating system clears its temporary folder.
        }
    }
}
