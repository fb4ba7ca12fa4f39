using System.Globalization;
using System.Security.Cryptography;

namespace FlowApps.Plugins.Triggers.Files;

/// <summary>
/// How far a file was read, in bytes, and a mark by which the same file is known again under another name: a digest of the bytes just before, or when nothing was read the
/// time the file was made.
/// </summary>
internal sealed record TailPosition(long Offset, string Mark)
{
    private const int Marked = 1024;

    public static TailPosition Nowhere { get; } = new(0, "");

    public static TailPosition At(FileStream file, long offset) => new(offset, MarkOf(file, offset));

    public static TailPosition Of(IReadOnlyDictionary<string, object?> memory) =>
        new(Convert.ToInt64(memory.GetValueOrDefault("offset"), CultureInfo.InvariantCulture), memory.GetValueOrDefault("mark") as string ?? "");

    public IReadOnlyDictionary<string, object?> ToMemory() => Data.Map(("offset", Offset), ("mark", Mark));

    public bool IsIn(FileStream file) => file.Length >= Offset && MarkOf(file, Offset) == Mark;

    private static string MarkOf(FileStream file, long offset)
    {
        if (offset == 0) return "made " + File.GetCreationTimeUtc(file.Name).Ticks.ToString(CultureInfo.InvariantCulture);
        var start = Math.Max(0, offset - Marked);
        var bytes = new byte[offset - start];
        var count = RandomAccess.Read(file.SafeFileHandle, bytes, start);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, count)).AsSpan(0, 16));
    }
}
