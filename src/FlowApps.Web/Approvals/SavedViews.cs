using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Web.Security;

namespace FlowApps.Web.Approvals;

/// <summary>A part of the inbox under a name of its reader's own.</summary>
public sealed record SavedView(string Name, string? Only, string? Text)
{
    public InboxView View => new(null, Only, Text);
}

/// <summary>The parts of the inbox that the reader keeps: one document each person.</summary>
public sealed class SavedViews(IDocumentStore documents, Reader reader)
{
    private const string Kind = "inbox-views";
    private const int Most = 12;
    private const int LongestName = 40;

    public async Task<IReadOnlyList<SavedView>> ListAsync(CancellationToken cancellation) => (await documents.LoadAsync<Kept>(Kind, reader.Name, cancellation))?.Value.Views ?? [];

    /// <summary>Another view of the same name is replaced. Errors: Invalid without a name or when there are too many.</summary>
    public Task KeepAsync(string name, InboxView view, CancellationToken cancellation)
    {
        name = name.Trim();
        if (name.Length is 0 or > LongestName) throw RefusedException.Invalid("wrong_name", $"Give it a name of up to {LongestName} characters.");
        return ChangeAsync(views => [.. views.Where(one => one.Name != name), new SavedView(name, view.Only, view.Text)], cancellation);
    }

    public Task ForgetAsync(string name, CancellationToken cancellation) => ChangeAsync(views => [.. views.Where(one => one.Name != name)], cancellation);

    private async Task ChangeAsync(Func<IReadOnlyList<SavedView>, IReadOnlyList<SavedView>> change, CancellationToken cancellation)
    {
        var found = await documents.LoadAsync<Kept>(Kind, reader.Name, cancellation);
        var views = change(found?.Value.Views ?? []);
        if (views.Count > Most) throw RefusedException.Invalid("too_many", $"There is room for {Most} of them. Forget one first.");
        if (!await documents.WriteAsync([new DocumentWrite(Kind, reader.Name, Data.Write(new Kept(views)), found?.Version ?? 0)], cancellation))
            throw RefusedException.Conflict("changed_meanwhile", "You changed these in another window just now. Look again.");
    }

    private sealed record Kept(IReadOnlyList<SavedView> Views);
}
