using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Web.Requests;
using FlowApps.Web.Security;
using Microsoft.Extensions.Primitives;

namespace FlowApps.Web.Approvals;

/// <summary>Decides several alike cases at once. Each is decided on its own, on what was shown of it.</summary>
public sealed class SeveralDesk(CaseDesk cases, IWaitStore waits, IExecutionStore executions)
{
    private const int Most = 50;
    private const int Past = 200;

    public async Task<Several> OpenAsync(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        var found = new List<Case>();
        foreach (var key in keys.Distinct().Take(Most))
            if (key.Split('~') is [var execution, var run])
                try
                {
                    found.Add(await cases.OpenAsync(execution, run, cancellation));
                }
                catch (RefusedException refused) when (refused.Kind == RefusalKind.NotFound)
                {
                    // Gone meanwhile: there is nothing to decide.
                }
        var items = new List<SeveralItem>();
        foreach (var alike in found.GroupBy(one => (one.Wait.Namespace, one.Wait.FlowId, one.Wait.TaskId)))
        {
            var usual = new Usual([.. await ApprovedAsync(alike.Key, cancellation)], [.. alike.Select(one => one.Request.Execution.Inputs)]);
            items.AddRange(alike.Select(one => new SeveralItem(one, Telling(one, [.. alike]), Aside(one) ?? usual.WhyOdd(one.Request.Execution.Inputs, one.Request.LabelOf))));
        }
        return new Several([.. items.OrderBy(item => item.Aside is not null)]);
    }

    /// <summary>Decides the chosen ones; what could not be decided says why.</summary>
    public async Task<Several> DecideAsync(IFormCollection form, CancellationToken cancellation)
    {
        var (outcome, comment) = (form["outcome"].ToString(), form["comment"].ToString());
        var chosen = form["id"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var several = await OpenAsync([.. form["shown"].OfType<string>()], cancellation) with { Comment = comment };
        if (chosen.Count == 0) return several with { Refusal = "None is chosen." };
        var results = new List<SeveralResult>();
        foreach (var item in several.Items.Where(item => chosen.Contains(item.Key)))
        {
            var sent = new FormCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal)
            {
                ["outcome"] = outcome,
                ["comment"] = comment,
                ["password"] = form["password"],
                ["seen"] = form[$"seen.{item.Key}"],
                [FormTokens.IdempotencyField] = $"{form[FormTokens.IdempotencyField]}/{item.Key}",
            });
            var refused = await DecideAsync(item.Case, sent, cancellation);
            results.Add(new SeveralResult(item.Case.Title, Layout.Routes.To(Layout.Routes.Approval, item.Case.Request.Id, item.Case.Wait.TaskRunId), refused));
        }
        return await OpenAsync([.. several.Items.Where(item => !chosen.Contains(item.Key)).Select(item => item.Key)], cancellation) with { Results = results };
    }

    private async Task<string?> DecideAsync(Case one, IFormCollection sent, CancellationToken cancellation)
    {
        try
        {
            return await cases.DecideAsync(one.Request.Id, one.Wait.TaskRunId, sent, null, cancellation) is { } refused ? refused.CommentError ?? refused.PasswordError ?? refused.Refusal : null;
        }
        catch (RefusedException refused)
        {
            return refused.Problems[0].Message;
        }
    }

    private async Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> ApprovedAsync((string Namespace, string FlowId, string TaskId) question, CancellationToken cancellation)
    {
        var past = (await waits.LikeAsync(question.Namespace, question.FlowId, question.TaskId, Past, cancellation)).Where(wait => wait.Decision is { } decision && DecisionWords.IsYes(decision)).Select(wait => wait.ExecutionId).ToList();
        return past.Count == 0 ? [] : [.. (await executions.SearchAsync(new ExecutionQuery { Ids = past }, new PageRequest(1, Past), cancellation)).Results.Select(row => row.Inputs)];
    }

    private static string? Aside(Case one) => !one.MayDecide ? "You cannot decide this now."
        : one.Forms.Any(form => form.HasWrong) ? "It asks for answers of its own."
        : one.Wait.Edits.Count > 0 ? "Its answers were changed after somebody looked."
        : null;

    /// <summary>Answers that are not the same for all: what tells the cases apart.</summary>
    private static List<RequestAnswer> Telling(Case one, IReadOnlyList<Case> alike) =>
        [.. one.Request.Answers.Where(answer => alike.Count == 1 || alike.Any(other => other.Request.Answers.FirstOrDefault(same => same.Id == answer.Id)?.Line.Text != answer.Line.Text)).Take(4)];
}
