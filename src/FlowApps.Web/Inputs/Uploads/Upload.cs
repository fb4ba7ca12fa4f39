namespace FlowApps.Web.Inputs.Uploads;

/// <summary>A file that somebody sent before the form it belongs to. <c>Received</c> bytes of <c>Size</c> are stored so far.</summary>
public sealed record Upload(string Id, string Owner, string Name, long Size, long Received, string Path)
{
    public bool IsComplete => Received == Size;
}
