using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowApps.Bench;

/// <summary>A form of 200 fields, of which 50 depend on others: how long the server needs to resolve it, how large its page is, how long a change takes to the fragment, how many tests of it run in a second.</summary>
internal sealed partial class FormSpeed(int port)
{
    private const int Fields = 200;
    private const int Rules = 50;
    private const int Changes = 200;
    private const int Cases = 2000;

    public async Task<IReadOnlyList<Figures>> MeasureAsync()
    {
        using var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri($"http://localhost:{port}") };
        client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(TestServer.Authorization);
        await SendAsync(client, "/api/v1/main/flows", new StringContent(Flow, Encoding.UTF8, "application/x-yaml"));
        var answers = Enumerable.Range(0, Fields).ToDictionary(i => $"f{i}", i => i % 4 == 1 ? i.ToString(CultureInfo.InvariantCulture) : i % 4 == 2 ? "B" : i % 4 == 3 ? "true" : "some text");
        var validate = await TimeAsync(() => SendAsync(client, "/api/v1/main/executions/bench/form/validate", new FormUrlEncodedContent(answers)));
        var page = await client.GetByteArrayAsync("/a/bench/form");
        var html = Encoding.UTF8.GetString(page);
        var form = answers.Select(answer => KeyValuePair.Create("in." + answer.Key, answer.Value)).Append(new("__RequestVerificationToken", WebUtility.HtmlDecode(Token().Match(html).Groups[1].Value))).ToList();
        var change = await TimeAsync(() => SendAsync(client, "/a/bench/form/change", new FormUrlEncodedContent(form)));
        var clock = Stopwatch.StartNew();
        await SendAsync(client, "/api/v1/main/apps/tests/run", new StringContent(Suite, Encoding.UTF8, "application/x-yaml"));
        var perSecond = Cases / clock.Elapsed.TotalSeconds;
        return
        [
            Figure("form: resolve 200 (p95)", validate, "ms"), Figure("form: page of 200", page.Length / 1000.0, "kB"), Figure("form: change (p95)", change, "ms"), Figure("form: tests", perSecond, "/s"),
        ];
    }

    private static string Flow => "id: form\nnamespace: bench\nlabels: {app: \"true\"}\ninputs:\n" + string.Concat(Enumerable.Range(0, Fields).Select(i =>
        $"  - {{id: f{i}, displayName: Question number {i}, required: false, {(i % 4) switch { 1 => "type: INT, min: 0, max: 1000", 2 => "type: SELECT, values: [A, B, C]", 3 => "type: BOOL", _ => "type: STRING" }}{(i >= Fields - Rules ? $", dependsOn: {{inputs: [f{i - Fields + Rules}], condition: \"{{{{ inputs.f{i - Fields + Rules} is not null and inputs.f1 == 1 }}}}\"}}" : "")}}}\n"))
        + "tasks:\n  - {id: one, type: core.debug.Return, format: done}\n";

    private static string Suite => "namespace: bench\nflowId: form\ncases:\n" + string.Concat(Enumerable.Range(0, Cases).Select(i => i % 2 == 1
        ? $"  - {{name: case {i}, given: {{f1: 1, f9: {i % 1000}}}, expect: {{visible: [f0, f151], errors: {{}}}}}}\n"
        : $"  - {{name: case {i}, given: {{f1: 0, f9: {i % 1000}}}, expect: {{visible: [f0], hidden: [f151], errors: {{}}}}}}\n"));

    private static async Task<double> TimeAsync(Func<Task> actAsync)
    {
        var times = new List<double>();
        for (var i = 0; i < Changes; i++)
        {
            var clock = Stopwatch.StartNew();
            await actAsync();
            if (i >= Changes / 4) times.Add(clock.Elapsed.TotalMilliseconds);
        }
        return times.Order().ElementAt((int)(times.Count * 0.95));
    }

    private static async Task SendAsync(HttpClient client, string address, HttpContent content)
    {
        using var answer = await client.PostAsync(address, content);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.Conflict || text.Contains("\"failed\":", StringComparison.Ordinal) && !text.Contains("\"failed\":0", StringComparison.Ordinal))
            throw new InvalidOperationException($"{address}: {(int)answer.StatusCode} {text[..Math.Min(400, text.Length)]}");
    }

    private static Figures Figure(string name, double value, string unit) => new(name, 1) { Value = value, Unit = unit };

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}
