namespace FlowApps.Web.Api.Files;

/// <summary>The checksum of ZIP entries (ISO 3309, as APPNOTE.TXT 4.4.7 says).</summary>
internal struct Crc32()
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Row)];

    private uint sum = uint.MaxValue;

    public readonly uint Value => ~sum;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) sum = Table[(byte)(sum ^ value)] ^ (sum >> 8);
    }

    private static uint Row(int index)
    {
        var row = (uint)index;
        for (var bit = 0; bit < 8; bit++) row = (row & 1) == 0 ? row >> 1 : (row >> 1) ^ Polynomial;
        return row;
    }
}
