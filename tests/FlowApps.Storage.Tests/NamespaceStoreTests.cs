using System.Security.Cryptography;
using System.Text;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Storage.Namespaces;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;

namespace FlowApps.Storage.Tests;

[Collection(StorageCollection.Name)]
public sealed class NamespaceStoreTests(StorageHost host)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly IKvStore kv = host.Get<IKvStore>();
    private readonly ISecretStore secrets = host.Get<ISecretStore>();
    private readonly INamespaceFileStore files = host.Get<INamespaceFileStore>();
    private readonly string ns = "names" + Sample.Id().ToLowerInvariant();

    public static TheoryData<object?, KvType> Values => new()
    {
        { "text", KvType.String }, { 42, KvType.Number }, { 1.5, KvType.Number }, { true, KvType.Boolean }, { new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), KvType.Datetime },
        { new DateOnly(2026, 1, 2), KvType.Date }, { TimeSpan.FromMinutes(5), KvType.Duration }, { null, KvType.Json },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Value_comes_back_as_it_was_with_its_type(object? value, KvType type)
    {
        await kv.SetAsync(ns, "key", value, null, null, true, "why", None);
        var entry = (await kv.FindAsync(ns, "key", None)).ShouldNotBeNull();
        (entry.Type, entry.Value, entry.Description, entry.Version).ShouldBe((type, value, "why", 1));
    }

    [Fact]
    public async Task Text_is_read_as_the_type_asked_for()
    {
        await kv.SetAsync(ns, "n", "12", KvType.Number, null, true, null, None);
        await kv.SetAsync(ns, "j", """{"b":[1],"a":2}""", KvType.Json, null, true, null, None);
        (await kv.FindAsync(ns, "n", None))!.Value.ShouldBe(12);
        Data.Write((await kv.FindAsync(ns, "j", None))!.Value).ShouldBe("""{"b":[1],"a":2}""");
        (await Should.ThrowAsync<RefusedException>(() => kv.SetAsync(ns, "d", "tomorrow", KvType.Date, null, true, null, None))).Kind.ShouldBe(RefusalKind.Invalid);
    }

    [Fact]
    public async Task Key_is_checked_and_kept_when_it_may_not_be_overwritten()
    {
        (await Should.ThrowAsync<RefusedException>(() => kv.SetAsync(ns, "-a", 1, null, null, true, null, None))).Kind.ShouldBe(RefusalKind.Invalid);
        await kv.SetAsync(ns, "a", 1, null, null, false, null, None);
        (await Should.ThrowAsync<RefusedException>(() => kv.SetAsync(ns, "a", 2, null, null, false, null, None))).Message
            .ShouldBe("Cannot set value for key 'a'. Key already exists and `overwrite` is set to `false`.");
        (await kv.FindAsync(ns, "a", None))!.Value.ShouldBe(1);
    }

    [Fact]
    public async Task Value_lives_to_the_very_second_that_was_said()
    {
        var clock = new StillClock(new DateTimeOffset(2026, 3, 29, 0, 59, 30, TimeSpan.Zero));
        var other = await host.JoinedAsync(clock);
        try
        {
            var theirs = other.Get<IKvStore>();
            for (var seconds = 1; seconds <= 120; seconds++) await theirs.SetAsync(ns, $"for-{seconds}", seconds, null, TimeSpan.FromSeconds(seconds), true, null, None);
            for (var passed = 0; passed <= 120; passed++, clock.Now += TimeSpan.FromSeconds(1))
            {
                (await theirs.ListAsync(ns, null, false, None)).Count.ShouldBe(120 - passed);
                if (passed == 0) continue;
                (await theirs.FindAsync(ns, $"for-{passed}", None)).ShouldBeNull();
                theirs.Find(ns, $"for-{passed}", true).ShouldBeNull();
                if (passed < 120) (await theirs.FindAsync(ns, $"for-{passed + 1}", None))!.ExpiresAt.ShouldBe(clock.Now + TimeSpan.FromSeconds(1));
            }
        }
        finally
        {
            await other.StopAsync();
        }
    }

    [Fact]
    public async Task Expired_value_is_gone_and_its_key_free()
    {
        var clock = new MovedClock();
        var other = await host.JoinedAsync(clock);
        try
        {
            var theirs = other.Get<IKvStore>();
            await theirs.SetAsync(ns, "short", 1, null, TimeSpan.FromMinutes(1), true, null, None);
            (await theirs.FindAsync(ns, "short", None)).ShouldNotBeNull();
            clock.Ahead = TimeSpan.FromMinutes(2);
            (await theirs.FindAsync(ns, "short", None)).ShouldBeNull();
            theirs.Find(ns, "short", true).ShouldBeNull();
            (await theirs.PurgeExpiredAsync(ns + "x", None)).ShouldBe(0);
            (await theirs.PurgeExpiredAsync(ns, None)).ShouldBe(1);
            await theirs.SetAsync(ns, "short", 2, null, null, false, null, None);
            (await theirs.FindAsync(ns, "short", None))!.Value.ShouldBe(2);
        }
        finally
        {
            await other.StopAsync();
        }
    }

    [Fact]
    public async Task Child_namespace_sees_its_parents_keys_but_prefers_its_own()
    {
        await kv.SetAsync(ns, "both", "parent", null, null, true, null, None);
        await kv.SetAsync(ns, "parents", "parent", null, null, true, null, None);
        await kv.SetAsync(ns + ".sub", "both", "child", null, null, true, null, None);
        kv.Find(ns + ".sub", "both", true)!.Value.ShouldBe("child");
        kv.Find(ns + ".sub", "parents", true)!.Value.ShouldBe("parent");
        kv.Find(ns + ".sub", "parents", false).ShouldBeNull();
        (await kv.ListAsync(ns + ".sub", null, true, None)).Select(entry => (entry.Key, entry.Value)).ShouldBe([("both", "child"), ("parents", "parent")]);
        (await kv.ListAsync(ns, "par", false, None)).ShouldHaveSingleItem();
        (await kv.DeleteAsync(ns, "parents", None)).ShouldBeTrue();
        (await kv.DeleteAsync(ns, "parents", None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Secret_is_inherited_and_encrypted_at_rest()
    {
        var canary = "canary-" + Sample.Id();
        await secrets.SetAsync(ns, "db_password", canary, null, None);
        secrets.Find(ns + ".sub.deep", "DB_PASSWORD").ShouldBe(canary);
        secrets.Find("elsewhere", "DB_PASSWORD").ShouldBeNull();
        (await secrets.ListAsync(ns + ".sub", true, None)).ShouldContain((ns, "DB_PASSWORD"));
        (await host.AskAsync<long>($"select count(*) from documents where convert_from(json, 'UTF8') like '%{canary}%'")).ShouldBe(0);
        (await secrets.DeleteAsync(ns, "db_password", None)).ShouldBeTrue();
        secrets.Find(ns, "db_password").ShouldBeNull();
    }

    [Fact]
    public void Environment_comes_first_and_must_be_base64()
    {
        var variables = new Dictionary<string, string>
        {
            ["SECRET_TOKEN"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("s3cret\nline"))[..8] + "\n" + Convert.ToBase64String(Encoding.UTF8.GetBytes("s3cret\nline"))[8..],
            ["SECRET_PLAIN"] = "not base64!",
            ["OTHER"] = "eA==",
        };
        var store = new SecretStore(host.Get<IDocumentStore>(), host.Get<ICipher>(), host.Get<VaultSecrets>(), NullLogger<SecretStore>.Instance, variables);
        store.Find(ns, "token").ShouldBe("s3cret\nline");
        store.Find(ns, "plain").ShouldBeNull();
        store.Find(ns, "other").ShouldBeNull();
    }

    [Fact]
    public void Cipher_keeps_texts_and_notices_every_change()
    {
        var cipher = host.Get<ICipher>();
        var text = cipher.Encrypt("grüezi");
        cipher.Encrypt("grüezi").ShouldNotBe(text);
        cipher.Decrypt(text).ShouldBe("grüezi");
        var bytes = Convert.FromBase64String(text);
        bytes[^1] ^= 1;
        Should.Throw<CryptographicException>(() => cipher.Decrypt(Convert.ToBase64String(bytes)));
        Should.Throw<CryptographicException>(() => cipher.Decrypt("short"));
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Path.Combine(host.Folder, "encryption.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Namespace_file_keeps_its_revisions()
    {
        await PutAsync("scripts/a.py", "one");
        await PutAsync("scripts/a.py", "two");
        await PutAsync("b.txt", "b");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => PutAsync("same.txt", $"{number}")));
        (await files.RevisionsAsync(ns, "same.txt", None)).Count.ShouldBe(8);
        await files.DeleteAsync(ns, "same.txt", None);
        (await ReadAsync("scripts/a.py", null)).ShouldBe("two");
        (await ReadAsync("scripts/a.py", 1)).ShouldBe("one");
        (await files.RevisionsAsync(ns, "scripts/a.py", None)).Select(revision => (revision.Revision, revision.Size)).ShouldBe([(1, 3), (2, 3)]);
        (await files.ListAsync(ns, "/", true, None)).Select(file => (file.Path, file.IsDirectory)).ShouldBe([("/b.txt", false), ("/scripts", true), ("/scripts/a.py", false)]);
        (await files.ListAsync(ns, "scripts", false, None)).ShouldHaveSingleItem().Path.ShouldBe("/scripts/a.py");
        await files.MoveAsync(ns, "scripts/a.py", "c.py", None);
        (await ReadAsync("c.py", null)).ShouldBe("two");
        (await files.DeleteAsync(ns, "scripts", None)).ShouldBe(["/scripts"]);
        (await Should.ThrowAsync<RefusedException>(() => files.OpenAsync(ns, "scripts/a.py", null, None))).Kind.ShouldBe(RefusalKind.NotFound);
        (await Should.ThrowAsync<RefusedException>(() => files.OpenAsync(ns, "../secret", null, None))).Kind.ShouldBe(RefusalKind.Invalid);
    }

    private async Task PutAsync(string path, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        (await files.PutAsync(ns, path, content, None)).Size.ShouldBe(text.Length);
    }

    private async Task<string> ReadAsync(string path, int? revision)
    {
        using var reader = new StreamReader(await files.OpenAsync(ns, path, revision, None));
        return await reader.ReadToEndAsync();
    }
}
