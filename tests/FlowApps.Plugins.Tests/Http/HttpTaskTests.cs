using System.Globalization;
using System.Net;
using System.Text;
using FlowApps.Domain.Http;
using FlowApps.Domain.Logs;
using FlowApps.Plugins.Http;
using FlowApps.Plugins.Tasks.Http;
using FlowApps.Plugins.Triggers.Http;

namespace FlowApps.Plugins.Tests.Http;

public sealed class HttpTaskTests : IDisposable
{
    private readonly LoopbackServer server = new(AnswerAsync);
    private readonly OutboundHttp http = new(new OutboundPolicy([], []));
    private readonly TaskContextFake context;

    public HttpTaskTests() => context = new TaskContextFake(("port", server.Port), ("who", "world")).With<IHttp>(http);

    public void Dispose()
    {
        server.Dispose();
        http.Dispose();
        context.Dispose();
    }

    [Fact]
    public async Task Request_gives_out_code_headers_address_and_body()
    {
        var outputs = await RunAsync(Request("/echo") with { Params = new(Data.Map(("q", "{{ who }} &"), ("many", new List<object?> { 1, 2 }))) });
        Assert.Equal(200, outputs["code"]);
        Assert.Equal("GET /echo?q=world%20%26&many=1&many=2 |  | ", outputs["body"]);
        Assert.Equal(server.Address("/echo?q=world%20%26&many=1&many=2"), outputs["uri"]);
        Assert.Equal("""["yes"]""", Data.Write(((IReadOnlyDictionary<string, object?>)outputs["headers"]!)["X-Answer"]));
    }

    [Theory]
    [InlineData("""{"a": "{{ who }}"}""", "application/json; charset=utf-8", """{"a": "world"}""")]
    [InlineData("plain {{ who }}", "text/plain; charset=utf-8", "plain world")]
    public async Task A_body_is_sent_with_a_fitting_type(string body, string type, string sent)
    {
        var outputs = await RunAsync(Request("/echo") with { Method = "POST", Body = new(body) });
        Assert.Equal($"POST /echo | {type} | {sent}", outputs["body"]);
    }

    [Fact]
    public async Task Form_fields_are_urlencoded_or_sent_in_parts()
    {
        var fields = Data.Map(("name", "{{ who }} & co"), ("n", 1));
        Assert.EndsWith("name=world+%26+co&n=1", (string)(await RunAsync(Request("/echo") with { Method = "POST", FormData = new(fields) }))["body"]!, StringComparison.Ordinal);

        fields["file"] = await context.StoreAsync("notes.txt", "stored notes");
        fields["named"] = Data.Map(("name", "other.txt"), ("content", "given"));
        var body = (string)(await RunAsync(Request("/echo") with { Method = "POST", FormData = new(fields), ContentType = "multipart/form-data" }))["body"]!;
        Assert.Contains("multipart/form-data; boundary=", body, StringComparison.Ordinal);
        Assert.Matches("(?s)filename=notes.txt.*stored notes.*filename=other.txt.*given", body);
    }

    [Fact]
    public async Task A_failure_status_fails_with_what_the_server_said()
    {
        var failure = await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(Request("/status/404")));
        Assert.Contains("404", failure.Message, StringComparison.Ordinal);
        Assert.Contains("body of 404", failure.Message, StringComparison.Ordinal);
        Assert.Equal(404, failure.Outputs!["code"]);
    }

    [Fact]
    public async Task A_failure_status_that_is_allowed_is_a_warning_in_the_log()
    {
        var outputs = await RunAsync(Request("/status/503") with { AllowFailed = new(true) });
        Assert.Equal(503, outputs["code"]);
        Assert.Equal("body of 503", outputs["body"]);
        Assert.Equal(LogLevel.Warn, Assert.Single(context.Lines).Level);
        Assert.Equal(404, (await RunAsync(Request("/status/404") with { Options = new HttpOptions { AllowedResponseCodes = new(new List<object?> { 404 }) } }))["code"]);
    }

    [Fact]
    public async Task Unsafe_requests_carry_the_key_of_their_attempt()
    {
        Assert.Equal(context.IdempotencyKey, (await RunAsync(Request("/header/Idempotency-Key") with { Method = "post" }))["body"]);
        Assert.Equal("", (await RunAsync(Request("/header/Idempotency-Key")))["body"]);
        var own = new Property<IReadOnlyDictionary<string, string>>(Data.Map(("Idempotency-Key", "mine")));
        Assert.Equal("mine", (await RunAsync(Request("/header/Idempotency-Key") with { Method = "POST", Headers = own }))["body"]);
    }

    [Fact]
    public async Task Signing_in_is_a_header_that_does_not_follow_redirects()
    {
        var options = new HttpOptions { Auth = new HttpAuth { Type = "BASIC", Username = "me", Password = "{{ who }}" } };
        Assert.Equal("Basic " + Convert.ToBase64String("me:world"u8), (await RunAsync(Request("/header/Authorization") with { Options = options }))["body"]);
        Assert.Equal("", (await RunAsync(Request("/redirect") with { Options = options }))["body"]);
        Assert.Equal(302, (await RunAsync(Request("/redirect") with { AllowFailed = new(true), Options = new HttpOptions { FollowRedirects = new(false) } }))["code"]);
    }

    [Fact]
    public async Task An_answer_beyond_the_limit_fails()
    {
        var failure = await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(Request("/bytes/200000") with { Options = new HttpOptions { MaxContentLength = new(100_000L) } }));
        Assert.Contains("maxContentLength", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_fails()
    {
        var options = new HttpOptions { Timeout = new HttpTimeouts { ReadIdleTimeout = "PT0.2S" } };
        var failure = await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(Request("/never") with { Options = options }));
        Assert.Contains("PT0.2S", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_fails_with_its_address()
    {
        var port = LoopbackServer.FreePort();
        var failure = await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(new Request { Id = "t", Type = "core.http.Request", Uri = $"http://127.0.0.1:{port}/" }));
        Assert.Contains($"127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org/")]
    [InlineData("not an address")]
    public async Task Other_schemes_are_refused(string uri) =>
        await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(new Request { Id = "t", Type = "core.http.Request", Uri = uri }));

    [Fact]
    public async Task Headers_cannot_hold_line_breaks()
    {
        var headers = new Property<IReadOnlyDictionary<string, string>>(Data.Map(("X-Evil", "a\r\nHost: other")));
        await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(Request("/echo") with { Headers = headers }));
    }

    [Theory]
    [InlineData("private", "/echo")]
    [InlineData("127.0.0.0/8", "/redirect")]
    public async Task Denied_addresses_are_never_connected_to(string deny, string path)
    {
        using var strict = new OutboundHttp(new OutboundPolicy([deny], []));
        context.With<IHttp>(strict);
        foreach (var host in new[] { "127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]" })
        {
            var failure = await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(new Request { Id = "t", Type = "core.http.Request", Uri = $"http://{host}:{server.Port}{path}" }));
            Assert.Contains("may not reach", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("169.254.169.254", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("93.184.216.34", true)]
    public void Cloud_credentials_are_denied_from_the_start(string address, bool permitted) =>
        Assert.Equal(permitted, new OutboundPolicy([], []).Permits(IPAddress.Parse(address)));

    [Fact]
    public void What_is_allowed_wins_over_what_is_denied()
    {
        var policy = new OutboundPolicy(["private"], ["10.1.0.0/16"]);
        Assert.True(policy.Permits(IPAddress.Parse("10.1.2.3")));
        Assert.False(policy.Permits(IPAddress.Parse("10.2.0.1")));
        Assert.False(policy.Permits(IPAddress.Parse("0.0.0.0")));
    }

    [Fact]
    public async Task Download_stores_the_answer_under_its_name()
    {
        var outcome = await new Download { Id = "t", Type = "core.http.Download", Uri = server.Address("/bytes/3000000") }.RunAsync(context, CancellationToken.None);
        Assert.Equal(3_000_000L, outcome.Outputs!["length"]);
        Assert.EndsWith("/report.bin", (string)outcome.Outputs["uri"]!, StringComparison.Ordinal);
        Assert.Equal(3_000_000, (await context.ReadAsync(outcome.Outputs["uri"])).Length);
        await Assert.ThrowsAsync<TaskFailedException>(() => new Download { Id = "t", Type = "core.http.Download", Uri = server.Address("/bytes/0") }.RunAsync(context, CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task The_trigger_fires_when_its_condition_holds()
    {
        var trigger = new HttpTrigger { Id = "t", Type = "core.http.Trigger", Uri = "http://127.0.0.1:{{ port }}/json" };
        Assert.Equal(200, (await trigger.EvaluateAsync(context, CancellationToken.None))!["code"]);
        Assert.NotNull(await (trigger with { ResponseCondition = "{{ json(response.body).ready }}" }).EvaluateAsync(context, CancellationToken.None));
        Assert.Null(await (trigger with { ResponseCondition = "{{ response.statusCode == 201 }}" }).EvaluateAsync(context, CancellationToken.None));
        Assert.Null(await (trigger with { Uri = server.Address("/status/500") }).EvaluateAsync(context, CancellationToken.None));
    }

    private static Request Request(string path) => new() { Id = "t", Type = "core.http.Request", Uri = "http://127.0.0.1:{{ port }}" + path };

    private async Task<IReadOnlyDictionary<string, object?>> RunAsync(Request task) => (await task.RunAsync(context, CancellationToken.None)).Outputs!;

    private static async Task AnswerAsync(HttpListenerRequest request, byte[] body, HttpListenerResponse response)
    {
        var parts = request.Url!.AbsolutePath.Trim('/').Split('/');
        response.Headers["X-Answer"] = "yes";
        switch (parts[0])
        {
            case "echo": await TextAsync(response, $"{request.HttpMethod} {request.RawUrl} | {request.ContentType} | {Encoding.UTF8.GetString(body)}"); break;
            case "header": await TextAsync(response, request.Headers[parts[1]] ?? ""); break;
            case "status":
                response.StatusCode = int.Parse(parts[1], CultureInfo.InvariantCulture);
                await TextAsync(response, "body of " + parts[1]);
                break;
            case "redirect": response.Redirect("/header/Authorization"); break;
            case "bytes":
                response.Headers["Content-Disposition"] = "attachment; filename=\"../report.bin\"";
                await response.OutputStream.WriteAsync(Encoding.ASCII.GetBytes(new string('x', int.Parse(parts[1], CultureInfo.InvariantCulture))));
                break;
            case "json": await TextAsync(response, """{"ready": true}"""); break;
            case "never": await new TaskCompletionSource().Task; break;
        }
    }

    private static async Task TextAsync(HttpListenerResponse response, string text) => await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
}
