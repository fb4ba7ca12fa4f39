using System.Text;
using FlowApps.Domain.Files;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FlowApps.Web.Api.Executions;

/// <summary>
/// Reads the values of inputs from a request: a multipart form (files go straight into storage, part by part, never whole into memory), a url-encoded form, or a JSON map.
/// A file part has the name of its input; Kestra's older form (part <c>files</c>, file name = input) works too.
/// </summary>
/// <param name="Inputs">The inputs that are asked for.</param>
/// <param name="PathOf">Where an upload goes: (input id, file name) to a path of the internal storage.</param>
public sealed record InputForm(IReadOnlyList<InputDefinition> Inputs, Func<string, string, string> PathOf)
{
    private const int LargestField = 8 * 1024 * 1024;
    private const int MostFields = 1000;

    /// <summary>The values by input id. Without <paramref name="files"/> uploads are read past and named, not stored (validation).</summary>
    public async Task<OrderedDictionary<string, object?>> ReadAsync(HttpRequest request, IFileStore? files, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return Data.Map();
        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return await ReadMultipartAsync(request, type, files, cancellation);
        if (type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)) return await ReadFormAsync(request, cancellation);
        if (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)) return await ReadJsonAsync(request);
        return Data.Map();
    }

    private static async Task<OrderedDictionary<string, object?>> ReadJsonAsync(HttpRequest request) => await request.ReadDataAsync() switch
    {
        null => Data.Map(),
        OrderedDictionary<string, object?> map => map,
        _ => throw RefusedException.Invalid("invalid_inputs", "Inputs as JSON are a map of names to values."),
    };

    private async Task<OrderedDictionary<string, object?>> ReadFormAsync(HttpRequest request, CancellationToken cancellation)
    {
        var given = Data.Map();
        foreach (var (name, values) in await request.ReadFormAsync(cancellation))
            foreach (var value in values)
                AddText(given, name, value ?? "");
        return given;
    }

    private async Task<OrderedDictionary<string, object?>> ReadMultipartAsync(HttpRequest request, MediaTypeHeaderValue type, IFileStore? files, CancellationToken cancellation)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200) throw RefusedException.Invalid("invalid_multipart", "The Content-Type of a multipart form names its boundary.");
        var given = Data.Map();
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16 };
        try
        {
            for (var count = 0; await reader.ReadNextSectionAsync(cancellation) is { } section; count++)
            {
                if (count >= MostFields) throw new RefusedException(RefusalKind.TooLarge, "too_many_fields", $"A form has at most {MostFields} fields.");
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) continue;
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
                if (disposition.IsFileDisposition()) await AddFileAsync(given, name, disposition, section.Body, files, cancellation);
                else AddText(given, name, await ReadFieldAsync(name, section.Body, cancellation));
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw RefusedException.Invalid("invalid_multipart", $"The form cannot be read: {e.Message}");
        }
        return given;
    }

    private async Task AddFileAsync(OrderedDictionary<string, object?> given, string name, ContentDispositionHeaderValue disposition, Stream content, IFileStore? files, CancellationToken cancellation)
    {
        var fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "";
        var id = name == "files" && Find("files") is null ? Path.GetFileNameWithoutExtension(fileName) is var bare && Find(fileName) is null ? bare : fileName : name;
        if (Find(id) is not { } input)
        {
            await content.CopyToAsync(Stream.Null, cancellation);
        }
        else if (input.Type != InputType.File)
        {
            AddText(given, id, await ReadFieldAsync(id, content, cancellation));
        }
        else if (fileName.Length == 0)
        {
            await content.CopyToAsync(Stream.Null, cancellation);
        }
        else
        {
            var path = PathOf(id, StoredName(fileName, input));
            if (files is null) await content.CopyToAsync(Stream.Null, cancellation);
            else await files.PutAsync(path, content, cancellation);
            given[id] = FilePaths.Uri(path);
        }
    }

    /// <summary>The name alone, whatever path a client sent; the input's extension when it has none.</summary>
    private static string StoredName(string fileName, InputDefinition input)
    {
        var name = new string(Path.GetFileName(fileName.Replace('\\', '/')).Where(c => !char.IsControl(c)).ToArray());
        if (name is "" or "." or "..") name = input.Id;
        return Path.HasExtension(name) ? name : name + (input.Extension ?? ".upl");
    }

    /// <summary>An empty field is an absent one, unless the input is text (kestra-semantics 2.3-3). A repeated field is a list.</summary>
    private void AddText(OrderedDictionary<string, object?> given, string name, string value)
    {
        if (value.Length == 0 && Find(name) is { Type: not InputType.String }) return;
        if (!given.TryGetValue(name, out var former)) given[name] = value;
        else if (former is List<object?> list) list.Add(value);
        else given[name] = new List<object?> { former, value };
    }

    private static async Task<string> ReadFieldAsync(string name, Stream body, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[4096];
        for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > LargestField) throw new RefusedException(RefusalKind.TooLarge, "field_too_large", $"The field '{name}' is larger than {LargestField / 1024} KiB; send it as a file.");
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Children of a FORM input are sent as <c>form.child</c>.</summary>
    private InputDefinition? Find(string id)
    {
        foreach (var input in Inputs)
        {
            if (input.Id == id) return input;
            if (input.Type == InputType.Form && id.StartsWith(input.Id + ".", StringComparison.Ordinal))
                return input.Inputs.FirstOrDefault(child => child.Id == id[(input.Id.Length + 1)..]);
        }
        return null;
    }
}
