using System.Collections;
using System.Text;
using System.Text.Json;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Api;

/// <summary>Reads small request bodies, never more than a stated number of bytes.</summary>
public static class RequestBody
{
    /// <summary>Flows, apps and templates; the YAML reader has its own, smaller limits.</summary>
    public const int LargestText = 6 * 1024 * 1024;

    /// <summary>Errors: TooLarge; Invalid when it is not UTF-8.</summary>
    public static async Task<string> ReadTextAsync(this HttpRequest request, int limit = LargestText)
    {
        return Text((await request.ReadBytesAsync(limit)).Span);
    }

    /// <summary>Errors: Invalid when it is not UTF-8.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw RefusedException.Invalid("not_utf8", "The body is not UTF-8 text.");
        }
    }

    /// <summary>Plain data from a JSON body; null when there is none. Errors: Invalid with line and column.</summary>
    public static async Task<object?> ReadDataAsync(this HttpRequest request, int limit = LargestText) =>
        await request.ReadTextAsync(limit) is { } text && !string.IsNullOrWhiteSpace(text) ? Parse(() => Data.Parse(text)) : null;

    /// <summary>Errors: Invalid when the body is no JSON of this form or is missing.</summary>
    public static async Task<T> ReadJsonAsync<T>(this HttpRequest request, int limit = LargestText) where T : class
    {
        var text = await request.ReadTextAsync(limit);
        var value = Parse(() => JsonSerializer.Deserialize<T>(string.IsNullOrWhiteSpace(text) ? "null" : text, Data.Json))
            ?? throw RefusedException.Invalid("body_missing", "The request needs a JSON body.");
        return value is IEnumerable items && items.Cast<object?>().Contains(null) ? throw RefusedException.Invalid("invalid_json", "The list holds a null.") : value;
    }

    /// <summary>Errors: Invalid, with the place in the text.</summary>
    public static T Parse<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NotSupportedException)
        {
            var at = e as JsonException;
            throw new RefusedException(RefusalKind.Invalid, [new Problem("invalid_json", $"The body is not the JSON that is expected here: {e.Message}", at?.Path, (int?)at?.LineNumber + 1, (int?)at?.BytePositionInLine + 1)]);
        }
    }

    /// <summary>Errors: TooLarge.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(this HttpRequest request, int limit)
    {
        if (request.ContentLength > limit) throw TooLarge(limit);
        var bytes = new MemoryStream((int)(request.ContentLength ?? 1024));
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            foreach (var part in read.Buffer) bytes.Write(part.Span);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (bytes.Length > limit) throw TooLarge(limit);
            if (read.IsCompleted) return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        }
    }

    private static RefusedException TooLarge(int limit) => new(RefusalKind.TooLarge, "body_too_large", $"The body is larger than {limit / 1024} KiB.");
}
