using FlowApps.Domain.Approvals;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Approvals;
using FlowApps.Web.Requests;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Approvals;

/// <summary>
/// Decides, with an outcome of the question: once as many as are needed did, the flow goes on. <c>round</c> in the body refuses a decision on answers that have changed;
/// <c>undo</c> (a duration such as PT10S) says how long it can be taken back, else it counts at once; <c>password</c> is wanted where the question asks for it once more. Who is not asked gets 403, who is late 409.
/// </summary>
public sealed class DecideApproval : IApi
{
    private static readonly TimeSpan LongestUndo = TimeSpan.FromMinutes(10);

    public void Map(IEndpointRouteBuilder api)
    {
        var one = api.MapGroup("/approvals/{executionId}/{taskRunId}");
        one.MapPost("/decide", HandleAsync).RequirePermission(Permission.DecideApprovals).WithName("decideApproval");
        one.MapPost("/decisions/{decisionId}/undo", async (string executionId, string taskRunId, string decisionId, ApiCall call, Voices voices, IApprovals approvals, CancellationToken cancellation) =>
        {
            await approvals.UndoAsync(executionId, taskRunId, decisionId, voices.Asker(call.IdempotencyKey), cancellation);
            return Results.NoContent();
        }).RequirePermission(Permission.DecideApprovals).WithName("undoDecision");
        one.MapPost("/decisions/{decisionId}/settle", async (string executionId, string taskRunId, string decisionId, ApiCall call, Voices voices, IApprovals approvals, CancellationToken cancellation) =>
        {
            await approvals.SettleAsync(executionId, taskRunId, decisionId, voices.Asker(call.IdempotencyKey), cancellation);
            return Results.NoContent();
        }).RequirePermission(Permission.DecideApprovals).WithName("settleDecision");
    }

    private static async Task<IResult> HandleAsync(
        string executionId, string taskRunId, string? undo, HttpRequest request, ApiCall call, Voices voices, RequestDesk requests, EvidenceDesk evidence, ConfirmationDesk confirmations, IWaitStore waits, IApprovals approvals, CancellationToken cancellation)
    {
        var body = await request.ReadJsonAsync<DecideJson>();
        TimeSpan? hold = undo is null ? null : Duration.TryParse(undo, out var time) && time >= TimeSpan.Zero && time <= LongestUndo ? time : throw RefusedException.Invalid("wrong_undo", "`undo` has to be a duration up to PT10M.");
        var view = await requests.OpenAsync(executionId, cancellation);
        var wait = await waits.FindAsync(executionId, taskRunId, cancellation) ?? throw RefusedException.NotFound("Nobody is asked about this.");
        if (await confirmations.WhyNotAsync(wait, body.Password, cancellation) is { } unconfirmed) throw new RefusedException(RefusalKind.Forbidden, "not_confirmed", unconfirmed);
        var shown = await evidence.RenderAsync(view, wait, cancellation);
        var id = await approvals.DecideAsync(executionId, taskRunId, new SentDecision(body.Outcome)
        {
            Comment = body.Comment,
            Inputs = body.Inputs,
            Changes = body.Changes,
            Asks = body.Asks,
            For = body.For,
            Round = body.Round,
            Evidence = shown.Json,
            Hold = hold > TimeSpan.Zero ? hold : null,
            Confirmed = wait.Policy.Confirm != Confirmation.None,
        }, voices.Asker(call.IdempotencyKey), cancellation);
        return Answer.Json(new { id, evidence = shown.Hash });
    }
}
