using System.Text;

namespace FlowApps.Web.Tests.Api;

/// <summary>
/// Whoever builds flows of one namespace tries to reach what others keep: by crafted paths in every place where a path comes in, by naming files in outputs and inputs, from tasks
/// and from expressions. Neighbours by name (<c>reach.ab</c>), namespaces below (<c>reach.a.b</c>) and others count as others.
/// </summary>
[Collection(ApiTests.Name)]
public sealed class ForeignFileTests(ApiServer api)
{
    private const string Own = "reach.a", Word = "the-word-of-another";
    private const int Crafted = 400, Referred = 60;
    private static readonly string[] Victims = ["reach.ab", "reach.a.b", "reach", "other.reach.a"];

    private static readonly string[] Climbs =
    [
        "../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..\\", "..%5c", "....//", "..;/", "./../", "/../", "//..//", "\u2025/", "\uff0e\uff0e/", "..%00/", "..%c0%af", "%252e%252e%252f", ".././", "a/../../", "_files/../../",
    ];

    [Fact]
    public async Task No_crafted_path_leaves_its_namespace()
    {
        await SettleAsync();
        var random = new Random(13);
        var through = new List<string>();
        for (var number = 0; number < Crafted; number++)
        {
            var path = Path(random);
            var query = random.Next(2) == 0 ? Uri.EscapeDataString(path) : path.Replace("#", "%23", StringComparison.Ordinal).Replace("&", "%26", StringComparison.Ordinal);
            var reply = (number % 7) switch
            {
                0 => await api.GetAsync($"namespaces/{Own}/files?path={query}"),
                1 => await api.GetAsync($"namespaces/{Own}/files/stats?path={query}"),
                2 => await api.GetAsync($"namespaces/{Own}/files/directory?path={query}"),
                3 => await api.SendAsync(HttpMethod.Put, $"namespaces/{Own}/files?from={query}&to=/stolen{number}.txt"),
                4 => await api.SendAsync(HttpMethod.Put, $"namespaces/{Own}/files?from=/own.txt&to={query}"),
                5 => await api.SendAsync(HttpMethod.Delete, $"namespaces/{Own}/files?path={query}"),
                _ => await api.SendAsync(HttpMethod.Post, $"namespaces/{Own}/files?path={query}", "overwritten", "text/plain"),
            };
            if (reply.Text.Contains(Word, StringComparison.Ordinal) || reply.Status >= 500) through.Add($"{number % 7} {path}: {reply.Status} {reply.Text}");
            if (number % 7 == 4 && reply.Status == 200) await SettleAsync(Own);
        }
        Assert.Empty(through);
        await UntouchedAsync();
    }

    [Fact]
    public async Task No_task_expression_output_or_input_reaches_a_file_of_others()
    {
        await SettleAsync();
        await api.SaveAsync($$$"""
            id: reach
            namespace: {{{Own}}}
            inputs:
              - {id: uri, type: STRING}
              - {id: how, type: STRING}
            tasks:
              - id: by
                type: core.flow.Switch
                value: "{{ inputs.how }}"
                cases:
                  read:
                    - {id: expression, type: core.debug.Return, format: "{{ read(inputs.uri) }}"}
                  concat:
                    - {id: task, type: core.storage.Concat, files: ["{{ inputs.uri }}"]}
                  size:
                    - {id: measured, type: core.storage.Size, uri: "{{ inputs.uri }}"}
                  delete:
                    - {id: deleted, type: core.storage.Delete, uri: "{{ inputs.uri }}", errorOnMissing: true}
                  show:
                    - {id: shown, type: core.debug.Return, format: "{{ inputs.uri }}"}
            outputs:
              - {id: shown, type: STRING, value: "{{ inputs.uri }}"}
            """);
        var (random, through) = (new Random(14), new List<string>());
        for (var number = 0; number < Referred; number++)
        {
            var how = ((string[])["read", "concat", "size", "delete", "show"])[number % 5];
            var uri = Reference(random);
            using var form = new MultipartFormDataContent { { new StringContent(uri), "uri" }, { new StringContent(how), "how" } };
            var ended = (await ApiServer.ReplyAsync(await api.Http.PostAsync($"executions/{Own}/reach?wait=true", form))).Must(200);
            var shown = await api.GetAsync($"executions/{ended["id"]}/file?path={Uri.EscapeDataString(uri)}");
            var preview = await api.GetAsync($"executions/{ended["id"]}/file/preview?path={Uri.EscapeDataString(uri)}");
            if (how != "show" && Equals(ended["state.current"], "SUCCESS")) through.Add($"{how} {uri}");
            foreach (var reply in new[] { ended, shown, preview })
                if (reply.Text.Contains(Word, StringComparison.Ordinal)) through.Add($"{how} {uri}: {reply.Text}");
            if (shown.Status is < 400 or >= 500) through.Add($"file {uri}: {shown.Status}");
        }
        Assert.Empty(through);
        await UntouchedAsync();
    }

    private static string Path(Random random)
    {
        var victim = Victims[random.Next(Victims.Length)].Replace('.', '/');
        var climb = string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Climbs[random.Next(Climbs.Length)]));
        return random.Next(5) switch
        {
            0 => $"/{climb}{victim}/_files/secret.txt",
            1 => $"{climb}{victim}/_files/secret.txt",
            2 => $"kestra:///{victim}/_files/secret.txt",
            3 => $"nsfile://{victim}/secret.txt",
            _ => $"/{climb}b/_files/secret.txt",
        };
    }

    private static string Reference(Random random)
    {
        var victim = Victims[random.Next(Victims.Length)].Replace('.', '/');
        return random.Next(6) switch
        {
            0 => $"kestra:///{victim}/_files/secret.txt",
            1 => $"kestra:///reach/a/_files/../../{victim[(victim.IndexOf('/', StringComparison.Ordinal) + 1)..]}/_files/secret.txt",
            2 => $"nsfile:///../../{victim}/_files/secret.txt",
            3 => $"nsfile://{victim.Replace('/', '.')}/secret.txt",
            4 => $"kestra:////{victim}//_files/secret.txt",
            _ => $"kestra:///reach/a/reach/executions/../../../../{victim}/_files/secret.txt",
        };
    }

    /// <summary>Every victim has its secret, and the attacker a file of its own.</summary>
    private async Task SettleAsync()
    {
        foreach (var ns in Victims) await PutAsync(ns, "/secret.txt", $"{Word} {ns}");
        await SettleAsync(Own);
    }

    private Task SettleAsync(string ns) => PutAsync(ns, "/own.txt", "own");

    private async Task PutAsync(string ns, string path, string text)
    {
        using var content = new StringContent(text, Encoding.UTF8, "text/plain");
        (await ApiServer.ReplyAsync(await api.Http.PostAsync($"namespaces/{ns}/files?path={Uri.EscapeDataString(path)}", content))).Must(200);
    }

    private async Task UntouchedAsync()
    {
        foreach (var ns in Victims)
        {
            Assert.Equal($"{Word} {ns}", (await api.GetAsync($"namespaces/{ns}/files?path=/secret.txt")).Must(200).Text);
            Assert.Equal(["/secret.txt"], (await api.GetAsync($"namespaces/{ns}/files/search?q=")).Must(200).List());
        }
    }
}
