using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FlowApps.Testing.Servers;

namespace FlowApps.Web.Tests.Notifications;

/// <summary>A real server with the people of the demo, and the mail server that it hands its letters to.</summary>
public sealed class LetterServer : IAsyncLifetime
{
    private ServerProcess? server;

    public SmtpServer Mail { get; } = new();

    public Uri Address => server!.Address;

    public async Task InitializeAsync()
    {
        server = await ServerProcess.StartAsync("--demo", "--FlowApps:Mail:Host=127.0.0.1", $"--FlowApps:Mail:Port={Mail.Port}", "--FlowApps:Mail:From=Harbourline <flows@harbourline.example>", "--FlowApps:Mail:DecideWithoutSignIn=true");
        using var developer = new HttpClient { BaseAddress = Address };
        developer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("ines:mast-2026"u8.ToArray()));
        await SaveAsync(developer, """
            id: desk
            namespace: harbour.letters
            labels: {app: "true"}
            inputs:
              - {id: what, type: STRING, displayName: What you need}
            tasks:
              - id: decide
                description: Finance decides
                type: core.flow.HumanTask
                assignment: {users: [priya]}
              - {id: done, type: core.debug.Return, format: "{{ outputs.decide.outcome }}"}
            """);
        await SaveAsync(developer, """
            id: visit
            namespace: harbour.letters
            labels: {app: "true"}
            inputs:
              - {id: what, type: STRING, displayName: What you need}
              - {id: plan, type: FILE, displayName: The plan, required: false}
            tasks:
              - id: decide
                description: The landlord decides
                type: core.flow.Approval
                require: 1 of landlord@elsewhere.example
                outcomes:
                  - id: approve
                    inputs: [{id: key, type: STRING, displayName: Number of the key}]
                  - reject
              - {id: note, type: core.debug.Return, format: "{{ outputs.decide.fields.key }}"}
              - id: colleague
                description: Priya decides
                type: core.flow.Approval
                users: [PRIYA@harbourline.example]
            """);
        await SaveAsync(developer, """
            id: two
            namespace: harbour.letters
            labels: {app: "true"}
            inputs:
              - {id: what, type: STRING, displayName: What you need}
            tasks:
              - {id: decide, type: core.flow.Approval, require: 1 of finance and 1 of it-desk}
            """);
    }

    public async Task DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        await Mail.DisposeAsync();
    }

    /// <summary>A browser of somebody who is not signed in.</summary>
    public HttpClient Stranger() => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address, DefaultRequestHeaders = { { "Accept", "text/html" } } };

    public async Task<HttpClient> PersonAsync(string name, string password)
    {
        var browser = Stranger();
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignInAsync(name, password)).StatusCode);
        return browser;
    }

    /// <summary>Maya asks for something; the address of her request.</summary>
    public async Task<string> AskAsync(HttpClient maya, string what, string flow = "desk")
    {
        var sent = await maya.SendFormAsync($"/a/harbour.letters/{flow}", $"/a/harbour.letters/{flow}", ("in.what", what), ("then", "send"));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        return sent.Headers.Location!.OriginalString;
    }

    private static async Task SaveAsync(HttpClient developer, string flow)
    {
        using var source = new StringContent(flow, Encoding.UTF8, "application/x-yaml");
        (await developer.PostAsync("/api/v1/main/flows", source)).EnsureSuccessStatusCode();
    }
}
