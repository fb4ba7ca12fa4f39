namespace FlowApps.Web.Inputs.Uploads;

/// <summary>
/// A file that somebody sent before the form it belongs to. <c>Received</c> bytes of <c>Size</c> are stored so far. <c>Modified</c>: when the file was changed last, as the sender's
/// device counts it (milliseconds since 1970; 0: not said), so that only the very same file is gone on with.
/// </summary>
public sealed record Upload(string Id, string Owner, string Name, long Size, long Received, string Path, long Modified = 0)
{
    public bool IsComplete => Received == Size;
}
