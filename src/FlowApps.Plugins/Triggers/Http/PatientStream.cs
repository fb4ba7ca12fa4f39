namespace FlowApps.Plugins.Triggers.Http;

/// <summary>
/// A stream that waits for bytes only so long, since a peer that vanished says nothing, and gives only so many until its reader is satisfied. Errors:
/// <see cref="TimeoutException"/>, <see cref="TaskFailedException"/> beyond the limit.
/// </summary>
internal sealed class PatientStream(Stream inner, TimeSpan silence, long limit) : Stream
{
    private long taken;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(silence);
        try
        {
            var count = await inner.ReadAsync(buffer, patience.Token);
            taken += count;
            return taken <= limit ? count : throw new TaskFailedException($"An event is longer than {limit} bytes (options.maxContentLength).");
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Nothing came for {Duration.Write(silence)}.", e);
        }
    }

    /// <summary>The reader has made something of what it got.</summary>
    public void Satisfied() => taken = 0;

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
