namespace FlowApps.Plugins.Files;

/// <summary>A file that is written first and then kept in internal storage; gone when disposed.</summary>
internal sealed class ScratchFile : IAsyncDisposable
{
    private readonly TaskContext context;

    public ScratchFile(TaskContext context)
    {
        this.context = context;
        var folder = Path.Combine(context.WorkingDirectory, WorkingFiles.Own);
        Directory.CreateDirectory(folder);
        Content = new FileStream(Path.Combine(folder, Ids.New(context.Clock)), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 65536, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
    }

    public FileStream Content { get; }

    /// <summary>Writes a row and ends it with a line break, also when it was the last of its file.</summary>
    public async Task WriteRowAsync(ReadOnlyMemory<byte> row, CancellationToken cancellation)
    {
        await Content.WriteAsync(row, cancellation);
        if (row.Span is not [.., (byte)'\n']) Content.WriteByte((byte)'\n');
    }

    /// <summary>Stores what was written under a fresh name with <paramref name="extension"/>; returns its URI.</summary>
    public Task<string> StoreAsync(string extension, CancellationToken cancellation) => StoreAsAsync(Ids.New(context.Clock) + extension, cancellation);

    /// <summary>Stores what was written under a name of this task run; returns its URI.</summary>
    public async Task<string> StoreAsAsync(string name, CancellationToken cancellation)
    {
        await Content.FlushAsync(cancellation);
        Content.Position = 0;
        return await context.PutFileAsync(name, Content, cancellation);
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
