using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using FlowApps.Domain.Values;

namespace FlowApps.Storage.Databases;

/// <summary>
/// Documents that nobody searches: JSON in UTF-8, compressed (Brotli, behind a zero byte) when long. What the journal does not write need not be flushed, replayed or read.
/// </summary>
internal static class Packed
{
    private const byte Mark = 0;
    private const int WorthPacking = 1500;
    private const int Quality = 1;
    private const int Window = 18;

    public static byte[] Json<T>(T value)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(value, Data.Json);
        if (plain.Length < WorthPacking) return plain;
        var packed = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(plain.Length) + 1);
        try
        {
            packed[0] = Mark;
            return BrotliEncoder.TryCompress(plain, packed.AsSpan(1), out var length, Quality, Window) && length < plain.Length ? packed[..(length + 1)] : plain;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    public static T Read<T>(byte[] stored)
    {
        if (stored is not [Mark, ..]) return JsonSerializer.Deserialize<T>(stored, Data.Json)!;
        using var packed = new MemoryStream(stored, 1, stored.Length - 1);
        using var plain = new BrotliStream(packed, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(plain, Data.Json)!;
    }
}
