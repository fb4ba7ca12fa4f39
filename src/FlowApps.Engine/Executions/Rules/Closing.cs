using System.Globalization;
using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Executions;

/// <summary>The end of a question: what the flow, the stream and the inbox are told.</summary>
internal sealed record Closing(string Outcome, string? By, string? Comment, IReadOnlyDictionary<string, object?> Inputs, IReadOnlyDictionary<string, object?> Outputs)
{
    public const string Resumed = "resumed";

    public static Closing Of(Turn turn, TaskRun run, Wait wait, ApprovalOutcome outcome, Ballot? last, State state)
    {
        var votes = wait.Votes.Where(vote => vote.Round == wait.Round).ToList();
        var fields = Data.Map();
        foreach (var (id, value) in votes.SelectMany(vote => vote.Ballot.Inputs)) fields[id] = value;
        var outputs = Outline(turn, run, outcome.Id, last?.By, last?.Comment, fields, state);
        outputs["decisions"] = wait.Votes.Select(Told).ToList();
        outputs["comments"] = wait.Votes.Where(vote => vote.Ballot.Comment is not null).Select(object? (vote) => Data.Map(("by", vote.Ballot.By), ("comment", vote.Ballot.Comment))).ToList();
        outputs["fields"] = fields;
        outputs["changes"] = Changes(wait);
        return new Closing(outcome.Id, last?.By, last?.Comment, fields, outputs);
    }

    /// <summary>What a plain pause tells as well (kestra-semantics 5.4).</summary>
    public static Closing OfPause(Turn turn, TaskRun run, Resume command, State state) =>
        new(command.Outcome, command.By, command.Comment, command.Inputs, Outline(turn, run, command.Outcome, command.By, command.Comment, command.Inputs, state));

    private static OrderedDictionary<string, object?> Outline(Turn turn, TaskRun run, string outcome, string? by, string? comment, IReadOnlyDictionary<string, object?> inputs, State state)
    {
        var outputs = Data.Map();
        foreach (var (key, value) in run.Outputs ?? Data.Map()) outputs[key] = value;
        outputs["onResume"] = inputs;
        outputs[Resumed] = Data.Map(("by", by), ("on", Written(turn.Now)), ("to", state.Word));
        if (comment is not null) outputs["comment"] = comment;
        outputs["outcome"] = outcome;
        return outputs;
    }

    private static object? Told(Vote vote)
    {
        var told = Data.Map(("by", vote.Ballot.By), ("outcome", vote.Ballot.Outcome), ("at", Written(vote.At)), ("round", vote.Round));
        if (vote.Ballot.For is not null) told["for"] = vote.Ballot.For;
        if (vote.Ballot.Comment is not null) told["comment"] = vote.Ballot.Comment;
        if (vote.Ballot.Inputs.Count > 0) told["fields"] = vote.Ballot.Inputs;
        if (vote.Ballot.Evidence is not null) told["evidence"] = vote.Ballot.Evidence;
        return told;
    }

    /// <summary>From the first answers to the last, by input.</summary>
    private static OrderedDictionary<string, object?> Changes(Wait wait)
    {
        var changes = Data.Map();
        foreach (var field in wait.Edits.SelectMany(edit => edit.Fields))
            changes[field.Id] = Data.Map(("before", changes.TryGetValue(field.Id, out var known) ? ((IReadOnlyDictionary<string, object?>)known!)["before"] : field.Before), ("after", field.After));
        return changes;
    }

    private static string Written(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
