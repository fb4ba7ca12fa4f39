using System.Text;

namespace FlowApps.Web.Api.Executions;

/// <summary>The beginning of a file: <c>{extension, type, content, maxLine, truncated}</c>; type TEXT, MARKDOWN or IMAGE (base64).</summary>
public sealed record FilePreview(string Extension, string Type, object Content, int MaxLine, bool Truncated)
{
    public static async Task<FilePreview> ReadAsync(Stream stream, string extension, int maxRows, int maxBytes, CancellationToken cancellation)
    {
        var bytes = new byte[maxBytes];
        var length = await stream.ReadAtLeastAsync(bytes, maxBytes, throwOnEndOfStream: false, cancellation);
        var cut = length == maxBytes && await stream.ReadAsync(new byte[1], cancellation) > 0;
        if (extension is "png" or "jpg" or "jpeg" or "gif" or "webp")
            return new FilePreview(extension, "IMAGE", Convert.ToBase64String(bytes, 0, length), maxRows, cut);
        var lines = Encoding.UTF8.GetString(bytes, 0, length).Split('\n');
        var shown = string.Join('\n', lines.Take(maxRows));
        return new FilePreview(extension, extension == "md" ? "MARKDOWN" : "TEXT", shown, maxRows, cut || lines.Length > maxRows);
    }
}
