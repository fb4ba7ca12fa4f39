using FlowApps.Domain.Files;

namespace FlowApps.Web.Inputs.Uploads;

/// <summary>Stored parts read as one, each opened when its turn comes.</summary>
internal sealed class JoinedStream(IReadOnlyList<string> paths, IFileStore files) : Stream
{
    private int next;
    private Stream? current;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (true)
        {
            current ??= next < paths.Count ? files.Open(paths[next++]) : null;
            if (current is null) return 0;
            if (current.Read(buffer, offset, count) is > 0 and var read) return read;
            current.Dispose();
            current = null;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            current ??= next < paths.Count ? await files.OpenAsync(paths[next++], cancellationToken) : null;
            if (current is null) return 0;
            if (await current.ReadAsync(buffer, cancellationToken) is > 0 and var read) return read;
            await current.DisposeAsync();
            current = null;
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) current?.Dispose();
        base.Dispose(disposing);
    }
}
