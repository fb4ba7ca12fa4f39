using FlowApps.Domain.Approvals;
using FlowApps.Domain.Files;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Engine.Approvals;
using FlowApps.Web.Inputs;
using FlowApps.Web.Inputs.Uploads;
using FlowApps.Web.Requests;
using FlowApps.Web.Security;

namespace FlowApps.Web.Approvals;

/// <summary>Opens cases and takes decisions. A decision is a POST, carries what was seen, and exactly one wins; everybody else reads who was first.</summary>
public sealed class CaseDesk(RequestDesk requests, IApprovals approvals, IWaitStore waits, EvidenceDesk evidence, Foresight foresight, UploadDesk uploads, ConfirmationDesk confirmations, Voices voices, Reader reader, ReaderZone zone, ApprovalOptions options)
{
    private const int MaxRaces = 10;

    /// <summary>Errors: NotFound.</summary>
    public async Task<Case> OpenAsync(string executionId, string taskRunId, CancellationToken cancellation)
    {
        var request = await requests.OpenAsync(executionId, cancellation);
        var wait = await waits.FindAsync(executionId, taskRunId, cancellation) ?? throw RefusedException.NotFound("Nobody is asked about this any more.");
        var found = new Case(request, wait, await evidence.RenderAsync(request, wait, cancellation))
        {
            For = await voices.ForAsync(wait, cancellation),
            Held = wait.Decision is null ? wait.Held.FirstOrDefault(held => held.Ballot.By == reader.Name) : null,
        };
        return found.MayDecide ? await ResolveAsync(found with { Prospects = await foresight.OfAsync(request, wait, cancellation) }, cancellation) : found;
    }

    /// <summary>The form after a change: fields come and go as one answers.</summary>
    public async Task<Case> ChangeAsync(string executionId, string taskRunId, IFormCollection form, CancellationToken cancellation)
    {
        var found = await OpenAsync(executionId, taskRunId, cancellation);
        var touched = form["touched"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return await ReadAsync(found, form, cancellation) with { Touched = touched };
    }

    /// <summary>Takes a decision: null when it was taken, else the case again with everything that was typed. <paramref name="undo"/>: how long it can be taken back; as set when null.</summary>
    public async Task<Case?> DecideAsync(string executionId, string taskRunId, IFormCollection form, TimeSpan? undo, CancellationToken cancellation)
    {
        var word = form["outcome"].ToString();
        for (var race = 0; ; race++)
        {
            var found = await ReadAsync(await OpenAsync(executionId, taskRunId, cancellation), form, cancellation) with { Touched = null };
            if (IsOwnRepeat(found, word)) return null;
            if (found.Wait.Decision is not null) return found with { Refusal = TooLate(found) };
            if (!found.MayDecide) return NotNeeded(found) is { } why ? found with { Refusal = why } : throw NotAsked(found.Wait);
            if (found.Wait.Policy.Outcomes.FirstOrDefault(outcome => outcome.Id == word) is not { } outcome) return found with { Refusal = "Nothing was decided. Choose one of the buttons below." };
            if (Stale(found, form) is { } stale) return stale;
            if (Lacks(found, outcome) is { } lacking) return lacking;
            if (await confirmations.WhyNotAsync(found.Wait, form["password"], cancellation) is { } unconfirmed) return found with { PasswordError = unconfirmed };
            try
            {
                var key = form[FormTokens.IdempotencyField].ToString();
                await approvals.DecideAsync(executionId, taskRunId, await SentAsync(found, outcome, undo ?? options.Undo, cancellation), voices.Asker(key.Length == 0 ? null : $"decide/{reader.Name}/{key}"), cancellation);
                return null;
            }
            catch (RefusedException refused) when (refused.Kind == RefusalKind.Conflict && refused.Problems[0].Code == "changed_meanwhile" && race < MaxRaces)
            {
                // Something else moved on: decided again on what is there now, if that is what was seen.
            }
            catch (RefusedException refused) when (refused.Kind is RefusalKind.Conflict or RefusalKind.Invalid)
            {
                var now = await ReadAsync(await OpenAsync(executionId, taskRunId, cancellation), form, cancellation) with { Touched = null };
                if (IsOwnRepeat(now, word)) return null;
                return now with { Refusal = now.Wait.Decision is not null ? TooLate(now) : refused.Problems[0].Code == "already_decided" ? JustDecided(now) : refused.Problems[0].Message };
            }
        }
    }

    /// <summary>What was shown when somebody decided. Errors: NotFound.</summary>
    public async Task<(RequestView Request, Vote? Vote, Evidence Evidence)> SeenAsync(string executionId, string taskRunId, string ballotId, CancellationToken cancellation)
    {
        var request = await requests.OpenAsync(executionId, cancellation);
        var wait = await waits.FindAsync(executionId, taskRunId, cancellation);
        var seen = Evidence.Read(await approvals.EvidenceAsync(executionId, ballotId, cancellation)) ?? throw RefusedException.NotFound("Nothing was kept of what was shown.");
        return (request, wait?.Votes.FirstOrDefault(vote => vote.Ballot.Id == ballotId), seen);
    }

    private bool IsOwnRepeat(Case found, string outcome) =>
        found.Held?.Ballot.Outcome == outcome || found.Wait.Decision is { } decision && decision.By == reader.Name && decision.Outcome == outcome ||
        found.Wait.Decision is null && found.For is null && found.Wait.Votes.Any(vote => vote.Round == found.Wait.Round && vote.Ballot.By == reader.Name && vote.Ballot.Outcome == outcome);

    private RefusedException NotAsked(Wait wait) =>
        new(RefusalKind.Forbidden, [Standing.WhyNot(wait, reader.Name, reader.Name, reader.Groups) ?? new Problem(Standing.NotAsked, "You cannot decide this.")]);

    /// <summary>The button was there when the page was made: says why it is not any more, by whoever was faster. Null: it never was.</summary>
    private string? NotNeeded(Case found) => Standing.WhyNot(found.Wait, reader.Name, reader.Name, reader.Groups) switch
    {
        { Code: Standing.AlreadyVoted or Standing.WithRequester } why => why.Message,
        _ when found.Wait.Requester != reader.Name && Faster(found.Wait) is { } vote => $"{found.Request.Who(vote.Ballot.By)} was first. Your answer was not needed and nothing was changed.",
        _ => null,
    };

    /// <summary>The last decision in a step that asks the reader too.</summary>
    private Vote? Faster(Wait wait)
    {
        var mine = wait.Policy.Stages.Where(stage => Standing.IsAsked(stage, reader.Name, reader.Groups)).Select(stage => stage.Id).ToHashSet(StringComparer.Ordinal);
        return wait.Votes.LastOrDefault(vote => vote.Round == wait.Round && vote.Stages.Any(mine.Contains));
    }

    private static string TooLate(Case found) => $"{found.Request.Who(found.Wait.Decision!.By)} was first: {DecisionWords.Of(found.Wait.Decision!).ToLowerInvariant()}. Your answer was not needed and nothing was changed.";

    private static string JustDecided(Case found) => found.Wait.Held is [var held, ..]
        ? $"{found.Request.Who(held.Ballot.By)} was first, a moment ago. Unless that is taken back, your answer is not needed."
        : "Somebody else was first. Your answer was not needed and nothing was changed.";

    /// <summary>What was seen is not what is there now: shows the difference.</summary>
    private static Case? Stale(Case found, IFormCollection form) => form["seen"].ToString() is var seen && seen.Length > 0 && seen != found.Evidence.Hash
        ? found with { Refusal = "This has changed since you looked. Look again, then decide; what you typed is still here.", Change = found.Evidence.Since(form["lines"]) }
        : null;

    private static Case? Lacks(Case found, ApprovalOutcome outcome)
    {
        if (outcome.Comment == CommentRule.Required && found.Comment is null && (outcome.Kind != OutcomeKind.Changes || found.Asks.Count == 0))
            return found with { CommentError = outcome.Kind == OutcomeKind.Changes ? "Say what should change, here or beside an answer." : "Say why. The person who asked reads it." };
        var wrong = found.Forms.Any(form => form.Outcome.Id == outcome.Id && form.HasWrong) || outcome.Kind == OutcomeKind.Approve && found.Editable.Any(input => input.Errors.Count > 0);
        return wrong ? found with { Refusal = "Some answers need a look before this can be sent." } : null;
    }

    private async Task<SentDecision> SentAsync(Case found, ApprovalOutcome outcome, TimeSpan undo, CancellationToken cancellation) => new(outcome.Id)
    {
        Comment = found.Comment,
        Inputs = found.Forms.FirstOrDefault(form => form.Outcome.Id == outcome.Id) is { } form ? await PlacedAsync(found, form, cancellation) : Data.Map(),
        Changes = outcome.Kind == OutcomeKind.Approve ? Edits(found) : Data.Map(),
        Asks = outcome.Kind == OutcomeKind.Changes ? found.Asks : new Dictionary<string, string>(),
        For = found.For == reader.Name ? null : found.For,
        Round = found.Wait.Round,
        Confirmed = found.Wait.Policy.Confirm != Confirmation.None,
        Evidence = found.Evidence.Json,
        Hold = undo > TimeSpan.Zero ? undo : null,
        ExpectedVersion = found.Request.Version,
    };

    private async Task<Case> ReadAsync(Case found, IFormCollection form, CancellationToken cancellation)
    {
        var definitions = found.Forms.SelectMany(f => f.Inputs).Concat(found.Editable).Select(input => input.Input).ToList();
        var entries = InputEntries.Read(form, definitions);
        foreach (var input in definitions.Where(input => input.Type == InputType.File))
            if (form.Files.GetFile(InputEntries.Prefix + input.Id) is { Length: > 0 } file)
                entries[input.Id] = (await uploads.KeepAsync(reader.Name, file, cancellation)).Id;
        var asks = form.Keys.Where(key => key.StartsWith("ask.", StringComparison.Ordinal)).ToDictionary(key => key["ask.".Length..], key => form[key].ToString().Trim()).Where(ask => ask.Value.Length > 0).ToDictionary();
        var read = found with { Entries = entries, Asks = asks, Comment = form["comment"].ToString().Trim() is { Length: > 0 } comment ? comment : null };
        return read.MayDecide ? await ResolveAsync(read, cancellation) : read;
    }

    /// <summary>The forms of the outcomes and what may be edited, with what was typed.</summary>
    private async Task<Case> ResolveAsync(Case found, CancellationToken cancellation)
    {
        var asking = found.Outcomes.Where(outcome => outcome.HasForm).ToList();
        var forms = new List<OutcomeForm>();
        foreach (var outcome in asking)
        {
            var prefix = asking.Count == 1 ? "" : outcome.Id + ".";
            var known = found.Forms.FirstOrDefault(form => form.Outcome.Id == outcome.Id);
            var given = known is null ? Data.Map() : await GivenAsync(found, known, cancellation);
            var resolved = await approvals.ResolveFormAsync(found.Request.Id, found.Wait.TaskRunId, outcome.Id, given, cancellation);
            forms.Add(new OutcomeForm(outcome, [.. resolved.Select(input => Renamed(input, prefix))], prefix));
        }
        if (found.Wait.Policy.Editable.Count == 0) return found with { Forms = forms };
        var answers = await approvals.ResolveAnswersAsync(found.Request.Id, Edits(found), cancellation);
        return found with { Forms = forms, Editable = [.. answers.Where(answer => answer.Enabled && found.Wait.Policy.Editable.Contains(answer.Input.Id)).Select(answer => Renamed(answer, Case.EditPrefix))] };
    }

    private static ResolvedInput Renamed(ResolvedInput input, string prefix) =>
        prefix.Length == 0 ? input : input with { Input = input.Input with { Id = prefix + input.Input.Id, DisplayName = input.Input.DisplayName ?? TaskWords.Of(input.Input.Id) } };

    /// <summary>What was typed over the requester's answers, where it differs.</summary>
    private OrderedDictionary<string, object?> Edits(Case found)
    {
        var given = InputEntries.Given(found.Entries, found.Editable.Select(input => input.Input), zone.Zone);
        var edits = Data.Map();
        foreach (var (name, value) in given)
            if (name[Case.EditPrefix.Length..] is var id && Data.Write(value) != Data.Write(found.Request.Execution.Inputs.GetValueOrDefault(id)) && value as string != Convert.ToString(found.Request.Execution.Inputs.GetValueOrDefault(id), System.Globalization.CultureInfo.InvariantCulture)) edits[id] = value;
        return edits;
    }

    private async Task<OrderedDictionary<string, object?>> GivenAsync(Case found, OutcomeForm form, CancellationToken cancellation)
    {
        var typed = InputEntries.Given(found.Entries, form.Inputs.Select(input => input.Input), zone.Zone);
        foreach (var input in form.Inputs.Select(input => input.Input).Where(input => input.Type == InputType.File && typed.ContainsKey(input.Id)))
            typed[input.Id] = await uploads.FindAsync((string)typed[input.Id]!, cancellation) is { } upload ? FilePaths.Uri($"{upload.Path}/{upload.Name}") : null;
        return Plain(typed, form.Prefix);
    }

    private async Task<OrderedDictionary<string, object?>> PlacedAsync(Case found, OutcomeForm form, CancellationToken cancellation)
    {
        var execution = found.Request.Execution;
        var definitions = form.Inputs.Where(input => input.Enabled).Select(input => input.Input).ToList();
        var typed = InputEntries.Given(found.Entries, definitions, zone.Zone);
        foreach (var input in definitions.Where(input => input.Type == InputType.File))
            if (typed.TryGetValue(input.Id, out var id))
                typed[input.Id] = await uploads.PlaceAsync((string)id!, reader.Name, name => FilePaths.Input(execution.Namespace, execution.FlowId, execution.Id, $"{found.Wait.TaskId}-{input.Id}", name), cancellation);
        return Plain(typed, form.Prefix);
    }

    private static OrderedDictionary<string, object?> Plain(OrderedDictionary<string, object?> named, string prefix)
    {
        var plain = Data.Map();
        foreach (var (name, value) in named) plain[name[prefix.Length..]] = value;
        return plain;
    }
}
