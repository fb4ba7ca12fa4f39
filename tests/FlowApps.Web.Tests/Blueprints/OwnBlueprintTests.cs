using System.Net;
using FlowApps.Testing.Servers;
using FlowApps.Web.Tests.Api;

namespace FlowApps.Web.Tests.Blueprints;

[Collection(ApiTests.Name)]
public sealed class OwnBlueprintTests(ApiServer api)
{
    private const string Keep = "/flows/api.keep/greet/blueprint";

    [Fact]
    public async Task Flow_is_kept_as_a_blueprint_of_its_namespace_found_by_its_words_and_used_for_a_new_flow()
    {
        await api.SaveAsync("id: greet\nnamespace: api.keep\ntasks:\n  - id: hello\n    type: core.log.Log\n    message: Hello from the harbour\n");
        using var browser = await SignedInAsync();

        var incomplete = await browser.SendFormAsync(Keep, Keep, ("title", "Greet the harbour"), ("description", "Says it\nin two lines."), ("tags", " , "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, incomplete.StatusCode);
        Assert.Contains("Greet the harbour", await incomplete.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        (await browser.SendFormAsync(Keep, Keep, ("title", "Greet the harbour"), ("description", "Says it\nin two lines."), ("tags", "greetings, harbour"))).EnsureSuccessStatusCode();
        var found = await browser.GetStringAsync("/blueprints?q=harbour+log&tag=greetings");
        Assert.Contains("href=\"/blueprints/api.keep/greet\"", found, StringComparison.Ordinal);
        Assert.Contains("Says it in two lines.", found, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/blueprints/hello-world\"", found, StringComparison.Ordinal);
        Assert.Contains("Hello from the harbour", await browser.GetStringAsync("/flows/new?blueprint=api.keep%2Fgreet"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blueprint_that_cannot_be_read_is_named_with_the_reason_and_the_others_still_come()
    {
        await api.SaveAsync("id: any\nnamespace: api.broken\ntasks:\n  - id: hello\n    type: core.log.Log\n    message: Hello\n");
        using var file = new MultipartFormDataContent { { new StringContent("id: without\n"), "fileContent", "without.yaml" } };
        (await api.Http.PostAsync("namespaces/api.broken/files?path=/blueprints/without.yaml", file)).EnsureSuccessStatusCode();
        using var browser = await SignedInAsync();

        var all = await browser.GetStringAsync("/blueprints");
        Assert.Contains("blueprints/without.yaml of api.broken is left out", all, StringComparison.Ordinal);
        Assert.Contains("href=\"/blueprints/hello-world\"", all, StringComparison.Ordinal);
    }

    private async Task<HttpClient> SignedInAsync()
    {
        var browser = api.Client();
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        (await browser.SignInAsync(ServerProcess.AdminName, ServerProcess.AdminPassword)).EnsureSuccessStatusCode();
        return browser;
    }
}
