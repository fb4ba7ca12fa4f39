using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace FlowApps.E2E.Journeys;

/// <summary>What a developer does before people come: saves flows and apps through the API.</summary>
internal static class Developer
{
    public static Task SaveAsync(this Demo demo, string flow, string? app = null) => SaveAsync(demo.Server.Address, flow, app);

    public static async Task SaveAsync(Uri server, string flow, string? app = null)
    {
        using var client = new HttpClient { BaseAddress = server };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Person.Ines.Name}:{Person.Ines.Password}")));
        await PostAsync(client, "/api/v1/main/flows", flow);
        if (app is not null) await PostAsync(client, "/api/v1/main/apps", app);
    }

    private static async Task PostAsync(HttpClient client, string address, string source)
    {
        using var content = new StringContent(source, Encoding.UTF8, "application/x-yaml");
        var answer = await client.PostAsync(new Uri(address, UriKind.Relative), content);
        // Another test of the collection saved it before.
        if (answer.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict && (await answer.Content.ReadAsStringAsync()).Contains("exist", StringComparison.OrdinalIgnoreCase)) return;
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
