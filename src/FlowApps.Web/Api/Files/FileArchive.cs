using System.IO.Compression;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Api.Files;

/// <summary>
/// A ZIP of files on its way into a namespace. It is looked through as a whole before anything is written, contents too: what an entry says of its size proves nothing.
/// </summary>
internal static class FileArchive
{
    private const int MostEntries = 10_000;
    private const int MostTimes = 100;
    private const long SmallEnough = 1024 * 1024;
    private const int KindOfFile = 0xF000, Link = 0xA000;

    /// <summary>Hands over path and content of each file. Errors: Invalid for an archive that cannot be read or a name that is refused, TooLarge; then nothing was handed over.</summary>
    public static async Task UnpackAsync(Stream content, Func<string, Stream, Task> put, CancellationToken cancellation)
    {
        // A ZIP is read from its end, so it goes through a temporary file.
        await using var local = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 81920, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await content.CopyToAsync(local, cancellation);
        local.Position = 0;
        try
        {
            using var zip = new ZipArchive(local, ZipArchiveMode.Read);
            if (zip.Entries.Count > MostEntries) throw TooLarge($"more than {MostEntries} files");
            foreach (var entry in zip.Entries) CheckName(entry);
            var files = zip.Entries.Where(entry => entry.Name.Length > 0).ToList();
            if (files.GroupBy(entry => entry.FullName.Trim('/'), StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice) throw Refused(twice.Key, "it is there twice, but for letter case");
            await CheckSizesAsync(files, local.Length, cancellation);
            foreach (var entry in files)
            {
                await using var file = await entry.OpenAsync(cancellation);
                await put("/" + entry.FullName, file);
            }
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IOException or NotSupportedException)
        {
            throw RefusedException.Invalid("invalid_zip", $"The file is not a ZIP archive: {e.Message}");
        }
    }

    private static void CheckName(ZipArchiveEntry entry)
    {
        var name = entry.FullName;
        if (((entry.ExternalAttributes >> 16) & KindOfFile) == Link) throw Refused(name, "links are not unpacked");
        if (name.StartsWith('/') || (name.Length > 1 && name[1] == ':')) throw Refused(name, "it must be a path inside the archive");
        if (name.Any(c => char.IsControl(c) || c is '\\')) throw Refused(name, "names must not have control characters or backslashes");
        if (name.Split('/').Any(part => part is "." or "..")) throw Refused(name, "'.' and '..' are not allowed");
    }

    private static async Task CheckSizesAsync(List<ZipArchiveEntry> files, long packed, CancellationToken cancellation)
    {
        var buffer = new byte[81920];
        long sum = 0;
        foreach (var entry in files)
        {
            await using var content = await entry.OpenAsync(cancellation);
            long size = 0;
            var sum32 = new Crc32();
            for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
            {
                (size, sum) = (size + read, sum + read);
                sum32.Add(buffer.AsSpan(0, read));
                if (sum > ApiEndpoints.LargestBody) throw TooLarge("too much");
                if (sum > SmallEnough && sum > packed * MostTimes) throw TooLarge($"more than {MostTimes} times its own size");
            }
            // Read as long as it says it is: a wrong length shows in the sum.
            if (size != entry.Length || sum32.Value != entry.Crc32) throw Refused(entry.FullName, "its content is not what the archive says of it");
        }
    }

    private static RefusedException Refused(string name, string why) =>
        RefusedException.Invalid("invalid_zip", $"The archive is refused for '{new string(name.Take(200).Select(c => char.IsControl(c) ? '?' : c).ToArray())}': {why}.");

    private static RefusedException TooLarge(string what) => new(RefusalKind.TooLarge, "body_too_large", $"The archive holds {what}.");
}
