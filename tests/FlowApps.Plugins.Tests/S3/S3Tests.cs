using FlowApps.Domain.Http;
using FlowApps.Plugins.Http;
using FlowApps.Plugins.Tasks.S3;
using FlowApps.Plugins.Triggers.Files;
using FlowApps.Plugins.Triggers.S3;
using FlowApps.Testing.Servers;

namespace FlowApps.Plugins.Tests.S3;

/// <summary>Tasks and trigger on a store that checks every signature.</summary>
public sealed class S3Tests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly S3Server server = new();
    private readonly OutboundHttp http = new(new OutboundPolicy([], []));
    private readonly TaskContextFake context = new();

    public S3Tests() => context.With<IHttp>(http);

    public void Dispose()
    {
        context.Dispose();
        http.Dispose();
        server.Dispose();
    }

    [Fact]
    public async Task File_goes_up_with_its_facts_and_comes_down_the_same()
    {
        var uri = await context.StoreAsync("report ü.csv", "a,b\n1,2\n");
        var up = await new Upload { Id = "up", Type = "t", From = uri, Bucket = "shop", Key = "in/report ü+1.csv", ContentType = "text/csv", Metadata = new(Data.Map(("team", "red"))), Region = "eu-central-1", EndpointOverride = Endpoint, AccessKeyId = S3Server.AccessKey, SecretKeyId = S3Server.SecretKey }.RunAsync(context, None);
        Assert.Equal("a,b\n1,2\n", server.Text("shop", "in/report ü+1.csv"));
        var down = await new Download { Id = "down", Type = "t", Bucket = "shop", Key = "in/report ü+1.csv", EndpointOverride = Endpoint, AccessKeyId = S3Server.AccessKey, SecretKeyId = S3Server.SecretKey }.RunAsync(context, None);
        Assert.Equal("a,b\n1,2\n", await context.ReadAsync(down.Outputs!["uri"]));
        Assert.Equal((up.Outputs!["eTag"], "text/csv", "red"), (down.Outputs!["eTag"], down.Outputs!["contentType"], ((IReadOnlyDictionary<string, object?>)down.Outputs!["metadata"]!)["team"]));
        Assert.Equal(0, server.Refused);
    }

    [Fact]
    public async Task Objects_are_listed_copied_moved_and_deleted()
    {
        foreach (var number in Enumerable.Range(1, 25)) server.Put("shop", $"in/{number:00}.txt", $"{number}");
        server.Put("shop", "in/deep/", "");
        server.Put("shop", "other.txt", "x");
        Assert.Equal(["in/20.txt", "in/21.txt", "in/22.txt"], await KeysAsync(new List { Id = "l", Type = "t", Bucket = "shop", Prefix = "in/", Regexp = "in/2.*", MaxKeys = new(3), EndpointOverride = Endpoint, AccessKeyId = S3Server.AccessKey, SecretKeyId = S3Server.SecretKey }));
        Assert.Equal(["in/deep/"], await KeysAsync(new List { Id = "l", Type = "t", Bucket = "shop", Filter = "DIRECTORY", EndpointOverride = Endpoint, AccessKeyId = S3Server.AccessKey, SecretKeyId = S3Server.SecretKey }));
        await new Copy { Id = "c", Type = "t", From = new() { Bucket = "shop", Key = "other.txt" }, To = new() { Key = "moved.txt" }, Delete = new(true), EndpointOverride = Endpoint, AccessKeyId = S3Server.AccessKey, SecretKeyId = S3Server.SecretKey }.RunAsync(context, None);
        Assert.Equal((null, "x"), (server.Text("shop", "other.txt"), server.Text("shop", "moved.txt")));
        await new Delete { Id = "d", Type = "t", Bucket = "shop", Key = "moved.txt", EndpointOverride = Endpoint, AccessKeyId = S3Server.AccessKey, SecretKeyId = S3Server.SecretKey }.RunAsync(context, None);
        Assert.Null(server.Text("shop", "moved.txt"));
    }

    [Fact]
    public async Task What_the_store_refuses_is_told_and_the_outbound_rules_hold()
    {
        var missing = await Assert.ThrowsAsync<TaskFailedException>(async () => await new Download { Id = "d", Type = "t", Bucket = "shop", Key = "none", EndpointOverride = Endpoint, AccessKeyId = S3Server.AccessKey, SecretKeyId = S3Server.SecretKey }.RunAsync(context, None));
        Assert.Contains("NoSuchKey", missing.Message, StringComparison.Ordinal);
        var wrong = await Assert.ThrowsAsync<TaskFailedException>(async () => await new Download { Id = "d", Type = "t", Bucket = "shop", Key = "none", EndpointOverride = Endpoint, AccessKeyId = S3Server.AccessKey, SecretKeyId = "not it" }.RunAsync(context, None));
        Assert.Contains("SignatureDoesNotMatch", wrong.Message, StringComparison.Ordinal);
        using var closed = new OutboundHttp(new OutboundPolicy(["private"], []));
        context.With<IHttp>(closed);
        var denied = await Assert.ThrowsAsync<TaskFailedException>(async () => await new List { Id = "l", Type = "t", Bucket = "shop", EndpointOverride = Endpoint, AccessKeyId = S3Server.AccessKey, SecretKeyId = S3Server.SecretKey }.RunAsync(context, None));
        Assert.Contains("Outbound denies", denied.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MOVE")]
    [InlineData("DELETE")]
    [InlineData("NONE")]
    public async Task Trigger_finds_each_object_once_and_sends_it_off_only_after_its_execution(string action)
    {
        server.Put("shop", "in/a.txt", "one");
        var trigger = new S3Trigger { Id = "t", Type = "t", Bucket = "shop", Prefix = "in/", Action = new Property<FileAction>(action), MoveTo = new() { Key = "done" }, EndpointOverride = Endpoint, AccessKeyId = S3Server.AccessKey, SecretKeyId = S3Server.SecretKey };
        var first = (await trigger.EvaluateAsync(context, None))!;
        var found = (IReadOnlyDictionary<string, object?>)Assert.Single((IReadOnlyList<object?>)first["objects"]!)!;
        Assert.Equal(("in/a.txt", "one"), (found["key"], await context.ReadAsync(found["uri"])));
        // Its execution is not known to be stored before the next look.
        Assert.Equal("one", server.Text("shop", "in/a.txt"));
        server.Put("shop", "in/b.txt", "two");
        var second = (await trigger.EvaluateAsync(context, None))!;
        Assert.Equal("in/b.txt", ((IReadOnlyDictionary<string, object?>)Assert.Single((IReadOnlyList<object?>)second["objects"]!)!)["key"]);
        Assert.Null(await trigger.EvaluateAsync(context, None));
        Assert.Equal(action switch { "MOVE" => (null, "one"), "DELETE" => (null, null), _ => ("one", (string?)null) }, (server.Text("shop", "in/a.txt"), server.Text("shop", "done/a.txt")));
    }

    private string Endpoint => server.Address.ToString();

    private async Task<IEnumerable<object?>> KeysAsync(List list) =>
        ((IReadOnlyList<object?>)(await list.RunAsync(context, None)).Outputs!["objects"]!).Select(entry => ((IReadOnlyDictionary<string, object?>)entry!)["key"]);
}
