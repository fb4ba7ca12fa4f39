using FlowApps.Domain.Apps;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;
using FlowApps.Web.Inputs;
using FlowApps.Web.Security;

namespace FlowApps.Web.Apps.Many;

/// <summary>A pasted row: what it asks for, what is wrong with it, and the request once it is sent.</summary>
public sealed record PastedRow(int Number, ResolvedForm Form, IReadOnlyDictionary<string, object?> Given)
{
    /// <summary>Errors by field title; those of no field under an empty one.</summary>
    public IReadOnlyList<(string Field, string Message)> Errors { get; init; } = [];
    public string? RequestId { get; init; }
}

/// <summary>Many requests at once, from a pasted table. Each row is a form of its own: checked like one, sent like one, and sent only once however often the page is.</summary>
public sealed class ManyRequests(IFlows flows, IExecutions executions, Reader reader, ReaderZone zone)
{
    /// <summary>Errors: NotFound, TooLarge.</summary>
    public async Task<(Flow Flow, IReadOnlyList<PastedRow> Rows, IReadOnlyList<string> Unknown)> CheckAsync(App app, string text, CancellationToken cancellation)
    {
        var flow = await flows.FindAsync(app.Flow, app.FlowRevision, cancellation) ?? throw RefusedException.NotFound("What this app works with is gone. Whoever looks after it has to mend it.");
        var (pasted, unknown) = PastedRows.Read(text, flow.Inputs);
        if (pasted.Count > PastedRows.Most) throw new RefusedException(RefusalKind.TooLarge, "too_many_rows", $"At most {PastedRows.Most} rows are taken at once; these are {pasted.Count}.");
        var rows = new List<PastedRow>();
        foreach (var (entries, i) in pasted.Select((entries, i) => (entries, i)))
        {
            var given = InputEntries.Given(entries, flow.Inputs, zone.Zone);
            var form = await executions.ResolveFormAsync(app.Flow, app.FlowRevision, given, cancellation);
            var wrong = form.Inputs.Where(input => input.Enabled).SelectMany(input => input.Errors.Select(problem => (input.Input.Title, InputWords.For(problem, input.Input))));
            var blocked = form.Failing.Where(check => check.Behavior == CheckBehavior.BlockExecution).Select(check => ("", check.Message));
            rows.Add(new PastedRow(i + 1, form, given) { Errors = [.. wrong, .. blocked] });
        }
        return (flow, rows, unknown);
    }

    /// <summary>Sends the rows that are right; the others say why not.</summary>
    public async Task<IReadOnlyList<PastedRow>> SendAsync(App app, IReadOnlyList<PastedRow> rows, string key, CancellationToken cancellation)
    {
        var sent = new List<PastedRow>();
        foreach (var row in rows) sent.Add(row.Errors.Count > 0 ? row : await SendAsync(app, row, key, cancellation));
        return sent;
    }

    private async Task<PastedRow> SendAsync(App app, PastedRow row, string key, CancellationToken cancellation)
    {
        try
        {
            var request = await executions.StartAsync(new StartExecution(app.Flow, row.Given)
            {
                Revision = app.FlowRevision,
                By = reader.Name,
                SystemLabels = [new Label("system.app", app.Id)],
                IdempotencyKey = $"app/{reader.Name}/{key}/{row.Number}",
            }, cancellation);
            return row with { RequestId = request.Id };
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Invalid or RefusalKind.Conflict)
        {
            return row with { Errors = [.. refused.Problems.Select(problem => ("", problem.Message))] };
        }
    }
}
