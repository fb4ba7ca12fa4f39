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

    [Fact]
    public async Task Blueprint_with_blanks_asks_for_them_and_gives_a_flow_whose_own_expressions_are_untouched()
    {
        await api.SaveAsync("id: any\nnamespace: api.blanks\ntasks:\n  - id: hello\n    type: core.log.Log\n    message: Hello\n");
        const string Template = """
            # title: Greet many
            # description: One greeting for each name.
            # tags: greetings

            extend:
              templateArguments:
                - id: names
                  type: MULTISELECT
                  values: [Ole, Ines, Mina]
                  defaults: [Ole]
                - id: level
                  type: SELECT
                  values: [INFO, WARN]
                  defaults: INFO

            id: greet-many
            namespace: api.blanks
            inputs:
              - id: word
                type: STRING
                defaults: Hello
            tasks:
            <% for name in arg.names %>
              - id: greet_<< name | lower >>
                type: core.log.Log
                level: << arg.level >>
                message: "{{ inputs.word }}, << name >>"
            <% endfor %>
            """;
        using var file = new MultipartFormDataContent { { new StringContent(Template), "fileContent", "greet-many.yaml" } };
        (await api.Http.PostAsync("namespaces/api.blanks/files?path=/blueprints/greet-many.yaml", file)).EnsureSuccessStatusCode();
        using var browser = await SignedInAsync();

        const string Page = "/blueprints/api.blanks/greet-many";
        var refused = await browser.SendFormAsync(Page, Page + "/fill", ("in.names", "Ines"), ("in.level", "LOUD"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);

        var editor = await browser.SendFormAsync(Page, Page + "/fill", ("in.names", "Ines"), ("in.level", "WARN"));
        editor.EnsureSuccessStatusCode();
        var text = WebUtility.HtmlDecode(await editor.Content.ReadAsStringAsync());
        Assert.Contains("  - id: greet_ines\n    type: core.log.Log\n    level: WARN\n    message: \"{{ inputs.word }}, Ines\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("templateArguments", text, StringComparison.Ordinal);
        Assert.DoesNotContain("greet_ole", text, StringComparison.Ordinal);
    }

    private async Task<HttpClient> SignedInAsync()
    {
        var browser = api.Client();
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        (await browser.SignInAsync(ServerProcess.AdminName, ServerProcess.AdminPassword)).EnsureSuccessStatusCode();
        return browser;
    }
}
