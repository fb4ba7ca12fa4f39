using FlowApps.Domain.Approvals;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Engine.Approvals;
using FlowApps.Web.Approvals;
using FlowApps.Web.Apps.Blocks;
using FlowApps.Web.Apps.Wording;
using FlowApps.Web.Security;

namespace FlowApps.Web.Requests;

/// <summary>Finds a request for a reader who may see it: who asked, who may decide on it, who looks after flows.</summary>
public sealed class RequestDesk(IExecutions executions, IFlows flows, IApps apps, IWaitStore waits, UserDirectory users, BlockTexts texts, Voices voices, Reader reader, ReaderLanguage language)
{
    private const string AppLabel = "system.app";

    /// <summary>Errors: NotFound, also for those who may not see it.</summary>
    public async Task<RequestView> OpenAsync(string id, CancellationToken cancellation)
    {
        var found = await executions.FindAsync(id, cancellation) ?? throw Missing();
        var execution = found.Execution;
        var asked = await waits.OfExecutionAsync(id, cancellation);
        if (!await MaySeeAsync(execution, asked, cancellation)) throw Missing();
        return await ViewAsync(execution, found.Version, asked, cancellation);
    }

    /// <summary>For those whose right was seen otherwise: they hold its receipt, or are told of it. Errors: NotFound.</summary>
    internal async Task<RequestView> OpenUncheckedAsync(string id, CancellationToken cancellation)
    {
        var found = await executions.FindAsync(id, cancellation) ?? throw Missing();
        return await ViewAsync(found.Execution, found.Version, await waits.OfExecutionAsync(id, cancellation), cancellation);
    }

    private async Task<RequestView> ViewAsync(Execution execution, long version, IReadOnlyList<Wait> asked, CancellationToken cancellation)
    {
        var flow = await flows.FindAsync(execution.Flow, execution.FlowRevision, cancellation) ?? throw Missing();
        var app = await AppOfAsync(execution, cancellation) ?? new App { Id = flow.Id, Type = "apps.Execution", Namespace = flow.Namespace, FlowId = flow.Id, DisplayName = TaskWords.Of(flow.Id), Implicit = true, Disabled = true };
        var wording = AppWording.Of(app, language.Wanted);
        var view = new RequestView(execution, version, wording.Of(app), wording.Of(flow), asked.OrderBy(wait => wait.Since).ToList());
        // A guest has nothing but the page of the letter: files are named there, and what can be fetched has an address of its own.
        if (reader.IsGuest) view = view with { Files = null };
        return view with { People = await PeopleAsync(view, cancellation), Members = await MembersAsync(view, cancellation), Titles = await TitlesAsync(view, cancellation) };
    }

    /// <summary>Whether the reader may decide on a wait by their own right, which those who asked seldom may.</summary>
    public bool MayDecide(Wait wait) => reader.May(Permission.DecideApprovals) && Standing.WhyNot(wait, reader.Name, reader.Name, reader.Groups) is null;

    public bool IsMine(Execution execution) => reader.IsSignedIn && execution.CreatedBy == reader.Name;

    private async Task<bool> MaySeeAsync(Execution execution, IReadOnlyList<Wait> asked, CancellationToken cancellation)
    {
        if (reader.IsGuest) return asked.Any(wait => Guests.Takes(wait, reader.Name));
        if (IsMine(execution) || reader.May(Permission.ReadExecutions) || reader.IsSignedIn && asked.Any(TakesPart)) return true;
        foreach (var wait in asked)
            if (await voices.PlaceAsync(wait, cancellation) is not null) return true;
        return false;
    }

    /// <summary>Asked, now or later, or took part: people see what they decide and what became of it.</summary>
    private bool TakesPart(Wait wait) => wait.Decision?.By == reader.Name || wait.Votes.Any(vote => vote.Ballot.By == reader.Name || vote.Ballot.For == reader.Name) || wait.Policy.Excluded.Contains(reader.Name) ||
        reader.May(Permission.DecideApprovals) && wait.Policy.Stages.Any(stage => Standing.IsAsked(stage, reader.Name, reader.Groups));

    private async Task<App?> AppOfAsync(Execution execution, CancellationToken cancellation)
    {
        var id = execution.Labels.FirstOrDefault(label => label.Key == AppLabel)?.Value;
        return id is not null && await apps.FindAsync(execution.Namespace, id, cancellation) is { } app ? app : await apps.OfFlowAsync(execution.Flow, cancellation);
    }

    private async Task<IReadOnlyDictionary<string, string>> PeopleAsync(RequestView view, CancellationToken cancellation)
    {
        var names = view.Waits.SelectMany(Involved).Append(view.Execution.CreatedBy).OfType<string>().Distinct();
        var people = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
            if (await users.FindAsync(name, cancellation) is { } user)
                people[name] = user.DisplayName;
        return people;
    }

    private static IEnumerable<string?> Involved(Wait wait) => wait.Policy.Stages.SelectMany(stage => stage.Users).Concat(wait.Votes.SelectMany(vote => new[] { vote.Ballot.By, vote.Ballot.For }))
        .Concat(wait.Held.Select(held => held.Ballot.By)).Concat(wait.Edits.Select(edit => edit.By)).Concat(wait.Remarks.Select(remark => remark.By)).Concat(wait.Policy.Excluded).Concat(wait.Users).Append(wait.ClaimedBy).Append(wait.Decision?.By).Append(wait.Requester);

    /// <summary>Nobody has to be looked up for a request that waits for nobody, or for people by name.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> MembersAsync(RequestView view, CancellationToken cancellation)
    {
        var members = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (view.Open is not { } wait || wait is { Users.Count: > 0, Groups.Count: 0 }) return members;
        foreach (var group in wait.Groups.Union(wait.Policy.Stages.SelectMany(stage => stage.Groups)))
            members[group] = Named((await users.OfGroupAsync(group, cancellation)).Where(user => user.May(Permission.DecideApprovals)));
        if (wait.Groups.Count == 0) members[DecisionWords.Anyone] = Named(await users.WithRoleAsync(Role.Approver, cancellation));
        return members;

        IReadOnlyList<string> Named(IEnumerable<User> people) =>
            [.. people.Where(user => !user.Disabled && user.Name != wait.Requester).Select(user => user.DisplayName).Order(StringComparer.CurrentCulture)];
    }

    private async Task<IReadOnlyDictionary<string, string>> TitlesAsync(RequestView view, CancellationToken cancellation)
    {
        var described = view.Flow.AllTasks().Where(task => task.Description is not null).ToList();
        var variables = described.Any(task => task.Description!.Contains('{', StringComparison.Ordinal)) ? await executions.VariablesAsync(view.Id, cancellation) : Domain.Values.Data.Map();
        var context = texts.For(view.App, variables);
        return described.GroupBy(task => task.Id).ToDictionary(group => group.Key, group => context.Text(group.First().Description!), StringComparer.Ordinal);
    }

    private static RefusedException Missing() => RefusedException.NotFound("There is no such request, or it is not yours to see.");
}
