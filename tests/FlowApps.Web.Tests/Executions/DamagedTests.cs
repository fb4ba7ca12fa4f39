using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FlowApps.Testing.Servers;
using FlowApps.Web.Tests.Api;
using Npgsql;

namespace FlowApps.Web.Tests.Executions;

/// <summary>An execution whose stored bytes were damaged: programs and people are told so, and everything else is shown.</summary>
public sealed class DamagedTests
{
    [Fact]
    public async Task Programs_and_people_are_told_what_is_damaged_and_see_all_the_rest()
    {
        await using var server = await ServerProcess.StartAsync();
        using (var before = Client(server))
        {
            using var source = new StringContent("id: ask\nnamespace: damage\ntasks:\n  - {id: ask, type: core.flow.Pause}\n", Encoding.UTF8, "application/x-yaml");
            (await before.PostAsync("/api/v1/main/flows", source)).EnsureSuccessStatusCode();
        }
        var (damaged, whole) = (await StartAsync(server), await StartAsync(server));
        await using (var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder { Host = Path.Combine(server.Folder, "data", "pg"), Username = "flowapps", Database = "postgres", Pooling = false }.ConnectionString))
        {
            await connection.OpenAsync();
            await using var damage = new NpgsqlCommand("update executions set snapshot = null, snapshot_version = 0 where id = $1; update journal set events = 'no events' where execution_id = $1".Replace("$1", $"'{damaged}'", StringComparison.Ordinal), connection);
            await damage.ExecuteNonQueryAsync();
        }
        // What it remembers is still right: the damage is found by who reads it again.
        await server.KillAsync();
        await server.RunAgainAsync();

        using var api = Client(server);
        var told = await ApiServer.ReplyAsync(await api.GetAsync($"/api/v1/main/executions/{damaged}"));
        Assert.Equal((423, "quarantined"), (told.Status, told["code"]));
        Assert.Contains("event 1 cannot be read", (string)told["detail"]!, StringComparison.Ordinal);
        Assert.Equal(423, (await ApiServer.ReplyAsync(await api.DeleteAsync($"/api/v1/main/executions/{damaged}/kill"))).Status);
        Assert.Equal(200, (await ApiServer.ReplyAsync(await api.GetAsync($"/api/v1/main/executions/{whole}"))).Status);

        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = server.Address, DefaultRequestHeaders = { { "Accept", "text/html" } } };
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignInAsync(ServerProcess.AdminName, ServerProcess.AdminPassword)).StatusCode);
        using var page = await browser.GetAsync($"/executions/{damaged}");
        Assert.Equal(HttpStatusCode.Locked, page.StatusCode);
        var words = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
        Assert.Contains("This cannot be read", words, StringComparison.Ordinal);
        Assert.Contains($"What is stored of {damaged} is damaged", words, StringComparison.Ordinal);
        var list = await browser.GetStringAsync("/executions");
        Assert.Contains(damaged, list, StringComparison.Ordinal);
        Assert.Contains(whole, list, StringComparison.Ordinal);
    }

    private static async Task<string> StartAsync(ServerProcess server)
    {
        using var api = Client(server);
        return (string)(await ApiServer.ReplyAsync(await api.PostAsync("/api/v1/main/executions/damage/ask", null)))["id"]!;
    }

    private static HttpClient Client(ServerProcess server) => new()
    {
        BaseAddress = server.Address,
        Timeout = TimeSpan.FromSeconds(120),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ServerProcess.AdminName}:{ServerProcess.AdminPassword}"))) },
    };
}
