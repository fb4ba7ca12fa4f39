using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Storage.Namespaces;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;

namespace FlowApps.Storage.Tests;

/// <summary>Secrets of an external manager, over real HTTP.</summary>
[Collection(StorageCollection.Name)]
public sealed class VaultSecretsTests : IDisposable
{
    private const string Token = "hvs.test";
    private readonly ConcurrentQueue<string> asked = new();
    private readonly HttpListener server = new();
    private readonly MovedClock clock = new();
    private readonly VaultSecrets vault;
    private readonly SecretStore secrets;
    private readonly string address = $"http://127.0.0.1:{FreePort()}/";

    public VaultSecretsTests(StorageHost host)
    {
        server.Prefixes.Add(address);
        server.Start();
        _ = ServeAsync();
        vault = VaultSecrets.From(Settings(address, Token), clock);
        secrets = new SecretStore(host.Get<IDocumentStore>(), host.Get<ICipher>(), vault, NullLogger<SecretStore>.Instance, new Dictionary<string, string>());
    }

    public void Dispose()
    {
        vault.Dispose();
        server.Close();
    }

    [Fact]
    public void Namespace_finds_its_own_secrets_and_those_of_its_parents()
    {
        secrets.Find("vault.team", "password").ShouldBe("of the team");
        secrets.Find("vault.team", "REGION").ShouldBe("of all");
        secrets.Find("vault.team", "nothing").ShouldBeNull();
        asked.ShouldBe(["/v1/kv/data/flows/vault/team", "/v1/kv/data/flows/vault"]);
        clock.Ahead = TimeSpan.FromMinutes(1);
        secrets.Find("vault.team", "password").ShouldBe("of the team");
        asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Stored_secret_goes_before_and_names_are_listed_without_values()
    {
        await secrets.SetAsync("vault.team", "PASSWORD", "stored", null, CancellationToken.None);
        secrets.Find("vault.team", "password").ShouldBe("stored");
        (await secrets.ListAsync("vault.team", true, CancellationToken.None)).ShouldBe([("vault.team", "PASSWORD"), ("vault", "REGION")]);
        await secrets.DeleteAsync("vault.team", "PASSWORD", CancellationToken.None);
        secrets.Find("vault.team", "password").ShouldBe("of the team");
    }

    [Fact]
    public void Manager_that_refuses_or_is_away_is_said_so_without_the_token()
    {
        using var stranger = VaultSecrets.From(Settings(address, "wrong"), clock);
        var refusal = Should.Throw<RefusedException>(() => stranger.Of("vault"));
        (refusal.Kind, refusal.Message.Contains("answered 403", StringComparison.Ordinal), refusal.Message.Contains("wrong", StringComparison.Ordinal)).ShouldBe((RefusalKind.Unavailable, true, false));
        using var away = VaultSecrets.From(Settings($"http://127.0.0.1:{FreePort()}", Token), clock);
        Should.Throw<RefusedException>(() => away.Of("vault")).Kind.ShouldBe(RefusalKind.Unavailable);
        Should.Throw<InvalidOperationException>(() => VaultSecrets.From(Settings("ftp://x", Token), clock)).Message.ShouldContain("Vault:Address");
    }

    private static IConfiguration Settings(string address, string token) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["FlowApps:Secrets:Vault:Address"] = address,
        ["FlowApps:Secrets:Vault:Token"] = token,
        ["FlowApps:Secrets:Vault:Mount"] = "kv",
        ["FlowApps:Secrets:Vault:Folder"] = "flows",
    }).Build();

    private async Task ServeAsync()
    {
        while (server.IsListening)
        {
            HttpListenerContext call;
            try
            {
                call = await server.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            Answer(call);
        }
    }

    private void Answer(HttpListenerContext call)
    {
        var path = call.Request.Url!.AbsolutePath;
        asked.Enqueue(path);
        var data = path switch { "/v1/kv/data/flows/vault/team" => """{"password":"of the team"}""", "/v1/kv/data/flows/vault" => """{"region":"of all"}""", _ => null };
        call.Response.StatusCode = call.Request.Headers["X-Vault-Token"] != Token ? 403 : data is null ? 404 : 200;
        if (call.Response.StatusCode == 200) call.Response.OutputStream.Write(Encoding.UTF8.GetBytes("""{"data":{"data":""" + data + ""","metadata":{"version":1}}}"""));
        call.Response.Close();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
