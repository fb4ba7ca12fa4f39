using System.IO.Compression;
using System.Text;
using FlowApps.Domain.Problems;
using FlowApps.Yaml.Text;

namespace FlowApps.Web.Api;

/// <summary>Texts on their way in and out as files: a ZIP of YAML files, or one YAML file of several documents in the form part <c>fileUpload</c>.</summary>
public static class TextArchive
{
    private const int MostFiles = 5_000;
    private const long LargestFile = RequestBody.LargestText;
    private const long LargestSum = LargestFile * 20;

    public static async Task<IResult> ZipAsync(string name, IAsyncEnumerable<(string Name, string Text)> texts, CancellationToken cancellation)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            await foreach (var (file, text) in texts.WithCancellation(cancellation))
            {
                await using var entry = zip.CreateEntry(file).Open();
                await entry.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
            }
        }
        return Results.File(bytes.ToArray(), "application/octet-stream", name);
    }

    /// <summary>Every document of the upload. Errors: Invalid for a form or archive that cannot be read, TooLarge.</summary>
    public static async Task<IReadOnlyList<string>> UploadedAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            var file = (request.HasFormContentType ? await request.ReadFormAsync(cancellation) : null)?.Files["fileUpload"]
                ?? throw RefusedException.Invalid("file_missing", "The form needs a file part 'fileUpload'.");
            if (file.Length > LargestSum) throw TooLarge();
            await using var stream = file.OpenReadStream();
            var texts = file.FileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? Unzipped(stream) : [await new StreamReader(stream).ReadToEndAsync(cancellation)];
            return texts.SelectMany(text => YamlText.Documents(text).Select(document => document.Text)).ToList();
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IOException and not BadHttpRequestException)
        {
            throw RefusedException.Invalid("invalid_upload", $"The upload cannot be read: {e.Message}");
        }
    }

    private static List<string> Unzipped(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        var entries = zip.Entries.Where(e => e.Name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || e.Name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)).ToList();
        if (entries.Count > MostFiles || entries.Any(e => e.Length > LargestFile) || entries.Sum(e => e.Length) > LargestSum) throw TooLarge();
        return entries.Select(entry =>
        {
            using var text = new StreamReader(entry.Open());
            return text.ReadToEnd();
        }).ToList();
    }

    private static RefusedException TooLarge() => new(RefusalKind.TooLarge, "body_too_large", "The upload holds too much.");
}
