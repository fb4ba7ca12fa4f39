using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace FlowApps.E2E.Approvals;

/// <summary>Questions of flows that a test makes for itself, so that no other test meets them.</summary>
internal static class Asking
{
    /// <summary>Saves a flow with one approval and the given policy; its inputs are <c>what</c> and <c>amount</c>.</summary>
    public static async Task SaveQuestionAsync(this HttpClient developer, string ns, string policy)
    {
        var source = $$$"""
            id: question
            namespace: {{{ns}}}
            inputs:
              - {id: what, type: STRING, displayName: What is it}
              - {id: amount, type: INT, displayName: How much, defaults: 100}
            tasks:
              - id: ask
                type: core.flow.Approval
                description: "{{ inputs.what }}"
            {{{string.Join('\n', policy.Split('\n').Select(line => "    " + line))}}}
              - {id: pay, type: core.log.Log, description: Pay it, message: paid}
              - id: tell
                type: core.flow.If
                description: Tell the board
                condition: "{{ inputs.amount > 5000 }}"
                then:
                  - {id: board, type: core.log.Log, message: told}
            """;
        using var answer = await developer.PostAsync("/api/v1/main/flows", new StringContent(source, new MediaTypeHeaderValue("application/x-yaml")));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Asks; gives the addresses' ids of the question once it is there.</summary>
    public static async Task<(string Execution, string TaskRun)> AskAsync(this HttpClient program, string ns, string what, int amount = 100)
    {
        using var form = new MultipartFormDataContent { { new StringContent(what), "what" }, { new StringContent(amount.ToString(System.Globalization.CultureInfo.InvariantCulture)), "amount" } };
        using var started = await program.PostAsync($"/api/v1/main/executions/{ns}/question", form);
        Assert.True(started.IsSuccessStatusCode, await started.Content.ReadAsStringAsync());
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        for (var tries = 0; tries < 600; tries++)
        {
            var execution = await program.GetFromJsonAsync<JsonElement>($"/api/v1/main/executions/{id}");
            if (execution.GetProperty("state").GetProperty("current").GetString() == "PAUSED")
                return (id, execution.GetProperty("taskRunList").EnumerateArray().First(run => run.GetProperty("taskId").GetString() == "ask").GetProperty("id").GetString()!);
            await Task.Delay(100);
        }
        throw new TimeoutException($"Nobody was asked about {what}.");
    }

    public static Task OpenAsync(this IPage page, (string Execution, string TaskRun) question) => page.GotoAsync($"/approvals/{question.Execution}/{question.TaskRun}");
}
