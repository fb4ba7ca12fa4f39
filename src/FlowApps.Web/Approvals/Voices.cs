using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Engine.Approvals;
using FlowApps.Web.Security;

namespace FlowApps.Web.Approvals;

/// <summary>For whom the reader can decide: themselves, by name or by e-mail address, and colleagues who gave them their place.</summary>
public sealed class Voices(IDelegations delegations, UserDirectory users, Reader reader)
{
    private IReadOnlyList<Voice>? places;

    public Voice Own => new(reader.Name, reader.Groups);

    public Asker Asker(string? key = null) => new(reader.Name, key) { Groups = reader.Groups };

    public async Task<IReadOnlyList<Voice>> PlacesAsync(CancellationToken cancellation)
    {
        if (places is not null) return places;
        var found = new List<Voice>();
        if (reader.IsSignedIn && !reader.IsGuest && reader.May(Permission.DecideApprovals))
        {
            // A question may name people by their address, whether they have an account or not.
            var own = await users.FindAsync(reader.Name, cancellation);
            foreach (var address in new[] { reader.Name, own?.Email ?? "" }.Where(Guest.IsAddress).Select(Guest.Spelt).Distinct()) found.Add(new Voice(address, []));
            foreach (var given in await delegations.ActiveForAsync(reader.Name, cancellation))
                if (await users.FindAsync(given.From, cancellation) is { Disabled: false } colleague) found.Add(new Voice(colleague.Name, colleague.Groups, given.Namespace, given.FlowId, given.Limit));
        }
        return places = found;
    }

    public async Task<WaitQuery> InAsync(WaitLane lane, CancellationToken cancellation) => new() { Lane = lane, Person = Own, InPlaceOf = await PlacesAsync(cancellation) };

    /// <summary>In whose place the reader may decide now; the reader's own name when by their own right, null when not at all.</summary>
    public async Task<string?> ForAsync(Wait wait, CancellationToken cancellation)
    {
        if (!reader.May(Permission.DecideApprovals) || wait.Decision is not null) return null;
        if (Standing.WhyNot(wait, reader.Name, reader.Name, reader.Groups) is null) return reader.Name;
        return (await PlacesAsync(cancellation)).FirstOrDefault(place => Covers(place, wait) && Standing.WhyNot(wait, reader.Name, place.User, place.Groups) is null)?.User;
    }

    /// <summary>In whose place the reader takes part in a question, now or when it comes to that person's step; null: nobody's.</summary>
    public async Task<Voice?> PlaceAsync(Wait wait, CancellationToken cancellation) =>
        (await PlacesAsync(cancellation)).FirstOrDefault(place => Covers(place, wait) && Standing.TakesPart(wait, reader.Name, place.User, place.Groups));

    private static bool Covers(Voice place, Wait wait) =>
        (place.Namespace is null || wait.Namespace == place.Namespace || wait.Namespace.StartsWith(place.Namespace + ".", StringComparison.Ordinal)) && (place.FlowId is null || place.FlowId == wait.FlowId) && (place.Limit is null || wait.Amount <= place.Limit);
}
