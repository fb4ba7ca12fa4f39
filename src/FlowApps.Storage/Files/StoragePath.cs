using System.Text;
using FlowApps.Domain.Problems;

namespace FlowApps.Storage.Files;

/// <summary>Turns a path of internal storage into one of the disk, or refuses it.</summary>
internal static class StoragePath
{
    /// <summary>How the names of half-written files begin; no stored file may be called so.</summary>
    public const string HalfWritten = ".~";

    private const int NameBytes = 255;

    /// <summary>Errors: Invalid refusal.</summary>
    public static string OnDisk(string root, string path)
    {
        Check(path);
        var disk = root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            disk = Path.Combine(disk, name);
            if (new FileInfo(disk).LinkTarget is not null) throw Refused(path, "links are not followed");
        }
        return disk;
    }

    /// <summary>Errors: Invalid refusal.</summary>
    public static void Check(string path)
    {
        if (!path.StartsWith('/')) throw Refused(path, "it must begin with '/'");
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name is "." or "..") throw Refused(path, "'.' and '..' are not allowed");
            if (name.StartsWith(HalfWritten, StringComparison.Ordinal)) throw Refused(path, $"names must not begin with '{HalfWritten}'");
            if (name.Any(c => char.IsControl(c) || c is '\\' or '\u2028' or '\u2029')) throw Refused(path, "names must not have control characters or backslashes");
            if (name.Where((c, i) => char.IsSurrogate(c) && !(char.IsHighSurrogate(c) ? i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]) : i > 0 && char.IsHighSurrogate(name[i - 1]))).Any())
                throw Refused(path, "names must be Unicode text");
            if (Encoding.UTF8.GetByteCount(name) > NameBytes) throw Refused(path, $"names may have {NameBytes} bytes");
        }
    }

    /// <summary>One form for each path: a leading slash, no doubled or trailing ones.</summary>
    public static string Normal(string path) => "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));

    private static RefusedException Refused(string path, string why) =>
        RefusedException.Invalid("invalid_path", $"The path '{new string(path.Select(c => char.IsControl(c) ? '?' : c).ToArray())}' is refused: {why}.");
}
