using FlowApps.Domain.Approvals;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Approvals;

/// <summary>Delegations as documents, owned by whoever may decide because of them.</summary>
internal sealed class Delegations(IDocumentStore documents, TimeProvider clock) : IDelegations
{
    private const string Kind = "delegation";
    private const string Person = "user";
    private const int Most = 500;

    public async Task<IReadOnlyList<Delegation>> OfAsync(string person, CancellationToken cancellation)
    {
        var all = await documents.QueryAsync<Delegation>(Kind, new DocumentQuery(), new PageRequest(1, Most), cancellation);
        return [.. all.Results.Select(found => found.Value).Where(delegation => delegation.From == person || delegation.To == person).OrderByDescending(delegation => delegation.CreatedAt)];
    }

    public async Task<IReadOnlyList<Delegation>> ActiveForAsync(string person, CancellationToken cancellation)
    {
        var mine = await documents.QueryAsync<Delegation>(Kind, new DocumentQuery(Owner: person), new PageRequest(1, Most), cancellation);
        return [.. mine.Results.Select(found => found.Value).Where(delegation => delegation.IsActive(clock.GetUtcNow()))];
    }

    public async Task<Delegation> GiveAsync(string from, SentDelegation sent, CancellationToken cancellation)
    {
        var colleague = await PersonAsync(sent.To, cancellation);
        if (colleague.Name == from) throw RefusedException.Invalid("same_person", "Choose somebody else: it is with you already.");
        if (!colleague.May(Permission.DecideApprovals)) throw RefusedException.Invalid("cannot_decide", $"{colleague.DisplayName} is not among those who decide. Choose somebody who is.");
        if (sent.Ends <= sent.Begins || sent.Ends <= clock.GetUtcNow()) throw RefusedException.Invalid("wrong_dates", "The end has to be after the beginning, and not over yet.");
        if (sent.Limit <= 0) throw RefusedException.Invalid("wrong_limit", "The limit has to be more than nothing. Leave it empty for none.");
        var delegation = new Delegation(Ids.New(clock), from, colleague.Name, sent.Begins, sent.Ends)
        {
            Namespace = Text(sent.Namespace),
            FlowId = Text(sent.FlowId),
            Limit = sent.Limit,
            Reason = Text(sent.Reason),
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = from,
        };
        await SaveAsync(delegation, 0, cancellation);
        return delegation;
    }

    public async Task RevokeAsync(string id, string by, CancellationToken cancellation)
    {
        var found = await documents.LoadAsync<Delegation>(Kind, id, cancellation);
        if (found is null || found.Value.From != by && found.Value.To != by) throw RefusedException.NotFound("There is no such delegation of yours.");
        if (found.Value.RevokedAt is null) await SaveAsync(found.Value with { RevokedAt = clock.GetUtcNow(), RevokedBy = by }, found.Version, cancellation);
    }

    /// <summary>The person in whose place somebody decides: a colleague's, or their own when the question names them by their e-mail address. Errors: Forbidden when no delegation covers it.</summary>
    public async Task<User> StandInAsync(string person, string? by, Wait wait, CancellationToken cancellation)
    {
        if (by is not null && Guest.IsAddress(person) && await PersonAsync(by, cancellation) is var own && (Same(own.Name, person) || Same(own.Email, person))) return new User(person, person, []);
        var given = by is null ? [] : await ActiveForAsync(by, cancellation);
        if (given.All(delegation => delegation.From != person || !delegation.Covers(wait)))
            throw new RefusedException(RefusalKind.Forbidden, "no_delegation", $"{person} has not asked you to decide this in their place.");
        return await PersonAsync(person, cancellation);
    }

    /// <summary>Errors: Invalid for somebody who is not here.</summary>
    public async Task<User> PersonAsync(string name, CancellationToken cancellation) =>
        (await documents.LoadAsync<User>(Person, name.Trim().ToLowerInvariant(), cancellation))?.Value is { Disabled: false } person ? person : throw RefusedException.Invalid("unknown_person", $"There is nobody called {name}.");

    private async Task SaveAsync(Delegation delegation, long expected, CancellationToken cancellation)
    {
        if (!await documents.WriteAsync([new DocumentWrite(Kind, delegation.Id, Data.Write(delegation), expected, Owner: delegation.To)], cancellation))
            throw RefusedException.Conflict("changed_meanwhile", "Somebody changed this delegation just now. Look again.");
    }

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
