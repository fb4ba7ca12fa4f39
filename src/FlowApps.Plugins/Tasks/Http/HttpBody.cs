using System.Net.Http.Headers;
using System.Text;
using FlowApps.Domain.Files;

namespace FlowApps.Plugins.Tasks.Http;

/// <summary>The content of a request, from a body or form fields.</summary>
internal static class HttpBody
{
    /// <summary>Null when the request has none.</summary>
    public static async Task<HttpContent?> OfAsync(IHttpFields fields, TaskContext context, CancellationToken cancellation)
    {
        var type = context.Render(fields.ContentType);
        if (fields.FormData is { } form) return await FormAsync(context, context.Render(form) ?? Data.Map(), type, cancellation);
        if (fields.Body is not { } body) return null;
        var text = body.Raw is string template ? context.Render(template) ?? "" : Data.Write(context.RenderDeep(body.Raw));
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaType(type ?? (LooksLikeJson(text) ? "application/json; charset=utf-8" : "text/plain; charset=utf-8"));
        return content;
    }

    private static async Task<HttpContent> FormAsync(TaskContext context, IReadOnlyDictionary<string, object?> form, string? type, CancellationToken cancellation)
    {
        if (type?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true)
            return new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Key, Text(field.Value))));
        var parts = new MultipartFormDataContent();
        foreach (var (name, value) in form)
            if (value is IReadOnlyDictionary<string, object?> file) await AddFileAsync(context, parts, name, Text(file.GetValueOrDefault("name")), Text(file.GetValueOrDefault("content")), cancellation);
            else if (FilePaths.FromUri(Text(value)) is { } path) await AddFileAsync(context, parts, name, Path.GetFileName(path), Text(value), cancellation);
            else parts.Add(new StringContent(Text(value)), name);
        return parts;
    }

    private static async Task AddFileAsync(TaskContext context, MultipartFormDataContent parts, string field, string fileName, string content, CancellationToken cancellation)
    {
        HttpContent part = FilePaths.FromUri(content) is null
            ? new ByteArrayContent(Encoding.UTF8.GetBytes(content))
            : new StreamContent(await context.OpenFileAsync(content, cancellation));
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        parts.Add(part, field, fileName);
    }

    private static MediaTypeHeaderValue MediaType(string text) => MediaTypeHeaderValue.TryParse(text, out var type)
        ? type
        : throw new TaskFailedException($"'{text}' is not a media type such as application/json.");

    private static bool LooksLikeJson(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..];

    private static string Text(object? value) => (string?)PropertyConversion.To(typeof(string), value) ?? "";
}
