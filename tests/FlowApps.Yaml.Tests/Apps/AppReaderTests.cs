using FlowApps.Domain.Apps;
using FlowApps.Yaml.Apps;
using FlowApps.Yaml.Tests.Fixtures;

namespace FlowApps.Yaml.Tests.Apps;

public sealed class AppReaderTests
{
    private static readonly AppReader Reader = new(Texts.Catalogue);

    [Fact]
    public void App_is_bound_with_its_layout()
    {
        var reading = Reader.Read("""
            id: request
            type: io.kestra.plugin.ee.apps.Execution
            displayName: Request data
            namespace: company.team
            flowId: request-data
            access: {type: PRIVATE, groups: [Admins], catalog: false}
            expiration: {startDate: 2025-01-01T00:00:00Z}
            tags: [data, 2]
            layout:
              - on: OPEN
                blocks:
                  - type: io.kestra.plugin.ee.apps.core.blocks.Markdown
                    content: "## Hello"
                  - type: apps.execution.blocks.CreateExecutionForm
                  - {type: apps.execution.blocks.CreateExecutionButton, text: Send, style: SUCCESS, size: LARGE}
              - on: SUCCESS
                blocks:
                  - type: io.kestra.plugin.ee.apps.execution.blocks.Outputs
                    filter: {include: [file]}
                  - {type: apps.core.blocks.RedirectTo, url: /home, delay: PT60S}
            """);

        Assert.Empty(reading.Problems);
        var app = reading.App!;
        Assert.Equal([AppState.Open, AppState.Success], app.Layout.Select(s => s.On));
        Assert.Equal("## Hello", Assert.IsType<MarkdownBlock>(app.Layout[0].Blocks[0]).Content);
        Assert.Equal(("Send", BlockStyle.Success, BlockSize.Large), Assert.IsType<CreateExecutionButtonBlock>(app.Layout[0].Blocks[2]) is var button ? (button.Text, button.Style, button.Size) : default);
        Assert.Equal(["file"], Assert.IsType<OutputsBlock>(app.Layout[1].Blocks[0]).Filter.Include);
        Assert.Equal(TimeSpan.FromMinutes(1), Assert.IsType<RedirectToBlock>(app.Layout[1].Blocks[1]).Delay);
        Assert.Equal(["data", "2"], app.Tags);
        Assert.False(app.Access.Catalog);
        Assert.Equal(["Admins"], app.Access.Groups);
        Assert.Equal(2025, app.Expiration!.StartDate!.Value.Year);
    }

    [Theory]
    [InlineData("access: PUBLIC\n", null, "")]
    [InlineData("access: OPEN\n", "access", "one of PRIVATE, PUBLIC is expected")]
    [InlineData("layout: [{on: NEVER, blocks: []}]\n", "layout[0].on", "is expected, but found `NEVER`")]
    [InlineData("layout: [{on: OPEN, blocks: [{type: apps.core.blocks.Markdown}]}]\n", "layout[0].blocks[0].content", "must not be null")]
    [InlineData("layout: [{on: OPEN, blocks: [{type: apps.core.blocks.Mark}]}]\n", "layout[0].blocks[0].type", "Invalid type: apps.core.blocks.Mark")]
    [InlineData("layout: [{on: OPEN, blocks: []}, {on: OPEN, blocks: []}]\n", "layout[1].on", "The state OPEN has two sections")]
    [InlineData("layout: [{on: OPEN, blocks: [{type: apps.core.blocks.Columns, columns: [{blocks: [{type: apps.execution.blocks.CreateExecutionForm}]}]}]}]\n", "layout[0].blocks[0].columns[0].blocks[0].type", "have their own place")]
    [InlineData("layout: [{on: OPEN, blocks: [{type: apps.core.blocks.Columns, columns: [{width: 9, blocks: []}]}]}]\n", "layout[0].blocks[0].columns[0].width", "must be 1 to 3")]
    [InlineData("layout: [{on: OPEN, blocks: [{type: apps.core.blocks.MyRequests, size: 99}]}]\n", "layout[0].blocks[0].size", "must be 1 to 25")]
    [InlineData("layout: [{on: OPEN, blocks: [{type: apps.core.blocks.Image, source: nsfile:///a.png}]}]\n", null, "")]
    [InlineData("branding: {color: \"#ffd54f\"}\n", "branding.color", "has a contrast of 1.4 to 1")]
    [InlineData("branding: {color: petrol}\n", "branding.color", "is not a colour")]
    [InlineData("branding: {color: \"#0b6074\", logo: nsfile:///l.svg}\n", null, "")]
    [InlineData("embed: [https://intranet.example]\n", "embed", "only a PUBLIC app")]
    [InlineData("flows: [{flowId: f}]\n", "flows[0].flowId", "offers the flow `f` twice")]
    [InlineData("flows: [{flowId: other, displayName: Another}]\n", null, "")]
    [InlineData("translations: {deutsch: {a: b}}\n", "translations.deutsch", "is not a language")]
    [InlineData("translations: {de: {a: b}, pt-BR: {a: c}}\n", null, "")]
    [InlineData("revision: 4\n", null, "")]
    [InlineData("implicit: true\n", "implicit", "Unrecognized field \"implicit\" in apps.Execution")]
    public void App_problems_name_their_path(string more, string? path, string message)
    {
        var reading = Reader.Read("id: a\ntype: apps.Execution\nnamespace: x\nflowId: f\n" + more);
        if (path is null) Assert.NotNull(reading.App);
        else Assert.Contains(reading.Problems, p => p.Path == path && p.Message.Contains(message, StringComparison.Ordinal) && p.Line == 5);
    }

    [Theory]
    [InlineData("https://intranet.example:8443", true)]
    [InlineData("https://intranet.example/path", false)]
    [InlineData("http://intranet.example", false)]
    [InlineData("*", false)]
    public void Only_origins_may_show_an_app_in_a_frame(string origin, bool taken) =>
        Assert.Equal(taken, Reader.Read($"id: a\ntype: apps.Execution\nnamespace: x\nflowId: f\naccess: PUBLIC\nembed: [\"{origin}\"]\n").App is not null);

    [Fact]
    public void Bare_word_PUBLIC_opens_an_app() => Assert.Equal(AppAccessType.Public, Reader.Read("id: a\ntype: apps.Execution\nnamespace: x\nflowId: f\naccess: PUBLIC\n").App!.Access.Type);
}
