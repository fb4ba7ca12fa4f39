using System.IO.Compression;
using System.Text;

namespace FlowApps.Web.Tests.Api;

/// <summary>Archives made to write where they must not, to fill the disk, or to deceive: each is refused as a whole, and nothing of it is there afterwards.</summary>
[Collection(ApiTests.Name)]
public sealed class ArchiveAttackTests(ApiServer api)
{
    private const int Archives = 800;
    private const string Namespace = "attack.archives";

    private static readonly string[] EvilNames =
    [
        "../evil.txt", "../../evil.txt", "a/../../evil.txt", "a/../evil.txt", "./evil.txt", "/evil.txt", "/etc/evil.txt", "//server/share/evil.txt", "C:/evil.txt", "C:\\evil.txt", "\\\\server\\share\\evil.txt",
        "..\\evil.txt", "a\\..\\..\\evil.txt", "evil\0.txt", "evil\n.txt", "evil\u0085.txt", "a/./evil.txt", "../attack/other/evil.txt", "../../_files/evil.txt", "../_file_revisions/evil.txt#/1", "..",
    ];

    [Fact]
    public async Task Eight_hundred_evil_archives_leave_nothing_behind()
    {
        await UploadAsync("/kept.txt", "kept"u8.ToArray());
        var random = new Random(19);
        var through = new List<string>();
        for (var number = 0; number < Archives; number++)
        {
            var (what, archive) = Evil(random, number);
            var status = await UploadAsync("/in.zip", archive);
            if (status is < 400 or >= 500) through.Add($"{number} {what}: {status}");
        }
        Assert.Empty(through);
        Assert.Equal(["/kept.txt"], (await api.GetAsync($"namespaces/{Namespace}/files/search?q=")).Must(200).List());
        foreach (var other in (string[])["attack", "attack.other", "api.files"]) Assert.DoesNotContain((await api.GetAsync($"namespaces/{other}/files/search?q=evil")).List(), path => $"{path}".Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Good_archive_is_unpacked_where_it_belongs()
    {
        Assert.Equal(200, await UploadAsync("/good.zip", Zip(zip => { Add(zip, "a/b.txt", "b"); Add(zip, "c..d.txt", "c"); zip.CreateEntry("empty/"); }), "attack.good"));
        Assert.Equal(["/a/b.txt", "/c..d.txt"], (await api.GetAsync("namespaces/attack.good/files/search?q=")).Must(200).List().Order());
    }

    private static (string What, byte[] Archive) Evil(Random random, int number)
    {
        var name = EvilNames[random.Next(EvilNames.Length)];
        return (number % 40 == 0 ? 0 : number % 40 == 1 ? 1 : 2 + random.Next(4)) switch
        {
            // Ten megabytes of nothing in a few kilobytes.
            0 => ("bomb", Zip(zip => Add(zip, "evil.bin", new byte[10 * 1024 * 1024 + random.Next(1000)]))),
            1 => ("too many", Zip(zip => { for (var i = 0; i <= 10_000; i++) zip.CreateEntry($"evil{i}", CompressionLevel.NoCompression); })),
            2 => ("link", Zip(zip => { Add(zip, "evil-first.txt", "x"); Add(zip, "evil-link", "/etc/passwd").ExternalAttributes = unchecked((int)0xA1FF0000); })),
            3 => ("case", Zip(zip => { Add(zip, "evil/Report.txt", "x"); Add(zip, $"evil/{(random.Next(2) == 0 ? "report.txt" : "REPORT.TXT")}", "y"); })),
            4 => ("liar", Lying(Zip(zip => Add(zip, "evil.txt", Text(random))))),
            _ => ($"name {name}", Zip(zip => { for (var i = random.Next(3); i >= 0; i--) Add(zip, $"evil-good{i}.txt", "x"); Add(zip, name, "evil"); })),
        };
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, 200).Select(_ => (char)random.Next('a', 'z')));

    /// <summary>The directory at the end says that the content is shorter than it is.</summary>
    private static byte[] Lying(byte[] archive)
    {
        var directory = archive.AsSpan().LastIndexOf("PK\x01\x02"u8);
        archive[directory + 24] = 5;
        archive[directory + 25] = 0;
        return archive;
    }

    private static byte[] Zip(Action<ZipArchive> fill)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true)) fill(zip);
        return bytes.ToArray();
    }

    private static ZipArchiveEntry Add(ZipArchive zip, string name, string text) => Add(zip, name, Encoding.UTF8.GetBytes(text));

    private static ZipArchiveEntry Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name);
        using var stream = entry.Open();
        stream.Write(content);
        return entry;
    }

    private async Task<int> UploadAsync(string path, byte[] content, string ns = Namespace)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "fileContent", Path.GetFileName(path) } };
        using var answer = await api.Http.PostAsync($"namespaces/{ns}/files?path={Uri.EscapeDataString(path)}", form);
        return (int)answer.StatusCode;
    }
}
