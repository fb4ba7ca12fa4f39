using System.Buffers.Text;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Approvals;

/// <summary>What somebody decides on, exactly as it is shown to them. A decision carries its hash; the evidence itself is kept with the decision.</summary>
public sealed partial record Evidence(string Title, string Reference, int Round, string Html)
{
    private const int Largest = 512 * 1024;

    [JsonIgnore]
    public string Json => Data.Write(this);

    [JsonIgnore]
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json)));

    public static Evidence? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<Evidence>(json, Data.Json);

    /// <summary>What is read, line by line.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Lines => [.. Tag().Replace(LineEnd().Replace(Html, "\n"), "").Split('\n').Select(line => WebUtility.HtmlDecode(Blank().Replace(line, " ").Trim())).Where(line => line.Length > 0)];

    /// <summary>The lines as a form field, so that a refused decision can say what has changed.</summary>
    [JsonIgnore]
    public string Packed
    {
        get
        {
            using var packed = new MemoryStream();
            using (var zip = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(Encoding.UTF8.GetBytes(string.Join('\n', Lines)));
            return Base64Url.EncodeToString(packed.ToArray());
        }
    }

    /// <summary>What is gone and what is new since a page was shown. It comes from the reader's own browser and is shown to nobody else.</summary>
    public EvidenceChange Since(string? packed)
    {
        var before = Unpack(packed);
        return new EvidenceChange([.. before.Except(Lines)], before.Count == 0 ? [] : [.. Lines.Except(before)]);
    }

    private static List<string> Unpack(string? packed)
    {
        try
        {
            if (packed is null or "") return [];
            using var zip = new BrotliStream(new MemoryStream(Base64Url.DecodeFromChars(packed)), CompressionMode.Decompress);
            var bytes = new byte[Largest];
            var length = zip.ReadAtLeast(bytes, Largest, throwOnEndOfStream: false);
            return [.. Encoding.UTF8.GetString(bytes, 0, length).Split('\n')];
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or InvalidOperationException)
        {
            return [];
        }
    }

    [GeneratedRegex(@"</(p|dd|li|tr|h\d|div)>", RegexOptions.IgnoreCase)]
    private static partial Regex LineEnd();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}

/// <summary>Lines that are gone and lines that are new.</summary>
public sealed record EvidenceChange(IReadOnlyList<string> Gone, IReadOnlyList<string> New);
