using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FlowApps.Testing.Servers;

namespace FlowApps.Web.Tests.Apps;

public sealed class FormRuleTests : IAsyncLifetime
{
    private const string Form = "/a/harbour.rules/trip";
    private ServerProcess? server;

    public async Task InitializeAsync()
    {
        server = await ServerProcess.StartAsync("--demo");
        using var developer = new HttpClient { BaseAddress = server.Address };
        developer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("ines:mast-2026"u8.ToArray()));
        await StoreAsync(developer, """
            id: visit
            namespace: harbour.rules
            labels: {app: "true"}
            inputs:
              - {id: name, type: STRING}
              - {id: people, type: INT}
            checks:
              - {condition: "{{ inputs.people <= 8 }}", message: The room holds eight.}
            tasks:
              - {id: done, type: core.debug.Return, format: "{{ inputs.name }}"}
            """);
        await StoreAsync(developer, """
            id: trip
            namespace: harbour.rules
            labels: {app: "true"}
            inputs:
              - {id: city, type: STRING, displayName: Where to}
            checks:
              - {condition: "{{ inputs.city >= 3 }}", message: Too far., style: WARNING, behavior: CREATE_EXECUTION}
            tasks:
              - {id: done, type: core.debug.Return, format: "{{ inputs.city }}"}
            """);
    }

    private static async Task StoreAsync(HttpClient developer, string flow)
    {
        using var source = new StringContent(flow, Encoding.UTF8, "application/x-yaml");
        (await developer.PostAsync("/api/v1/main/flows", source)).EnsureSuccessStatusCode();
    }

    public async Task DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }

    [Fact]
    public async Task A_form_that_a_rule_keeps_back_says_why_on_top_with_the_way_to_the_field()
    {
        using var maya = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = server!.Address, DefaultRequestHeaders = { { "Accept", "text/html" } } };
        Assert.Equal(HttpStatusCode.SeeOther, (await maya.SignInAsync("maya", "sail-2026")).StatusCode);
        var sent = await maya.SendFormAsync("/a/harbour.rules/visit", "/a/harbour.rules/visit", ("in.name", "Ann"), ("in.people", "9"), ("then", "send"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
        Assert.Matches("(?s)id=\"form-summary\".*?<a href=\"/a/harbour.rules/visit#f-people\">The room holds eight\\.</a>.*?name=\"in.name\"", await sent.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_rule_that_does_not_work_costs_nothing_that_was_typed()
    {
        using var maya = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = server!.Address, DefaultRequestHeaders = { { "Accept", "text/html" } } };
        Assert.Equal(HttpStatusCode.SeeOther, (await maya.SignInAsync("maya", "sail-2026")).StatusCode);
        var sent = await maya.SendFormAsync(Form, Form, ("in.city", "Trondheim"), ("then", "send"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
        var page = await sent.Content.ReadAsStringAsync();
        Assert.Contains("A rule of this form does not work", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Trondheim\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("inputs.city", page, StringComparison.Ordinal);

        // What goes wrong behind a part of a page is a sentence, never a page in its place.
        using var part = new HttpRequestMessage(HttpMethod.Get, "/notifications/unknown") { Headers = { { "HX-Request", "true" } } };
        var refused = await maya.SendAsync(part);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.True(refused.Headers.Contains("X-Flowapps-Said"));
        Assert.DoesNotContain("<", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
