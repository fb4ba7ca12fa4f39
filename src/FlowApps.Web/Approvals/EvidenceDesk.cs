using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Web.Apps.Blocks;
using FlowApps.Web.Requests;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FlowApps.Web.Approvals;

/// <summary>Renders what somebody decides on.</summary>
public sealed class EvidenceDesk(BlockTexts texts, IExecutions executions, IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<Evidence> RenderAsync(RequestView request, Wait wait, CancellationToken cancellation)
    {
        var context = texts.For(request.App, await executions.VariablesAsync(request.Id, cancellation)) with { Request = request };
        await using var renderer = new HtmlRenderer(services, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<CaseEvidence>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(CaseEvidence.Request)] = request,
            [nameof(CaseEvidence.Wait)] = wait,
            [nameof(CaseEvidence.Context)] = context,
        }))).ToHtmlString());
        return new Evidence(wait.Title ?? request.Headline, request.Reference, wait.Round, html);
    }
}
