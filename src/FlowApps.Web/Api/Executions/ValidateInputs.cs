using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Resolves the inputs of a flow without starting anything: what a form shows while it is filled.</summary>
public sealed class ValidateInputs : IApi
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/executions/{namespace}/{id}/validate", HandleAsync).RequirePermission(Permission.RunExecutions).WithName("validateNewExecutionInputs");

    private static async Task<IResult> HandleAsync(
        string @namespace, string id, int? revision, HttpRequest request, IFlows flows, IExecutions executions, CancellationToken cancellation)
    {
        var key = new FlowId(@namespace, id);
        var flow = await flows.FindAsync(key, revision, cancellation) ?? throw FoundFlow.Missing(key, revision);
        var form = new InputForm(flow.Inputs, (input, name) => FilePaths.Input(@namespace, id, "validation", input, name));
        var given = await form.ReadAsync(request, files: null, cancellation);
        var resolved = await executions.ResolveFormAsync(key, revision, given, cancellation);
        return ResolvedInputJson.Answer(id, @namespace, resolved);
    }
}
