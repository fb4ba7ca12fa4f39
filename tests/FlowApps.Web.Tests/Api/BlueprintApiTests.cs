namespace FlowApps.Web.Tests.Api;

[Collection(ApiTests.Name)]
public sealed class BlueprintApiTests(ApiServer api)
{
    [Fact]
    public async Task The_gallery_is_read_as_a_list_by_tag_one_by_one_and_as_a_graph()
    {
        var all = (await api.GetAsync("blueprints/community/flow?size=100")).Must(200);
        var id = (string)all["results.0.id"]!;
        Assert.True(all.List("results").Count >= 40);
        Assert.NotEmpty((string)all["results.0.title"]!);
        Assert.Null(all["results.0.source"]);

        var tag = (string)(await api.GetAsync("blueprints/community/flow/tags")).Must(200)["0.name"]!;
        Assert.InRange((await api.GetAsync($"blueprints/community/flow?size=100&tags={Uri.EscapeDataString(tag)}")).Must(200).List("results").Count, 1, all.List("results").Count);

        var one = (await api.GetAsync($"blueprints/community/flow/{id}")).Must(200);
        Assert.Equal(one["source"], (await api.GetAsync($"blueprints/community/flow/{id}/source")).Must(200).Text);
        Assert.NotEmpty((await api.GetAsync($"blueprints/community/flow/{id}/graph")).Must(200).List("nodes"));
        (await api.GetAsync("blueprints/community/flow/none-such")).Must(404);
    }
}
