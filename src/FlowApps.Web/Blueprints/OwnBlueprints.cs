using System.Text;
using FlowApps.Domain.Files;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Blueprints;

/// <summary>
/// Blueprints of one's own: the files <c>blueprints/*.yaml</c> of a namespace, with the same head as those of the program. So they have revisions, travel with an export
/// and are written by whoever may write the files of the namespace.
/// </summary>
public sealed class OwnBlueprints(INamespaceFileStore files, IFlowStore store, BlueprintReader reader)
{
    private const string Folder = "blueprints";
    private const string Extension = ".yaml";
    private const long Longest = 256 * 1024;

    /// <summary>One that cannot be read, and why.</summary>
    public sealed record Broken(string Namespace, string Path, string Problem);

    /// <summary>By namespace and file.</summary>
    public async Task<(IReadOnlyList<Blueprint> Good, IReadOnlyList<Broken> Broken)> AllAsync(CancellationToken cancellation)
    {
        var good = new List<Blueprint>();
        var broken = new List<Broken>();
        foreach (var ns in await store.NamespacesAsync(cancellation))
            foreach (var file in await FilesAsync(ns, cancellation))
            {
                try
                {
                    good.Add(await ReadAsync(ns, file, cancellation));
                }
                catch (FormatException wrong)
                {
                    broken.Add(new Broken(ns, file.Path, wrong.Message));
                }
            }
        return (good, broken);
    }

    /// <summary>Null when there is none of this name that can be read.</summary>
    public async Task<Blueprint?> FindAsync(string ns, string id, CancellationToken cancellation)
    {
        try
        {
            return (await FilesAsync(ns, cancellation)).FirstOrDefault(file => file.Name == id + Extension) is { } file ? await ReadAsync(ns, file, cancellation) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Keeps a flow as a blueprint of its namespace, in place of one of that name. Errors: Invalid when the flow is not valid.</summary>
    public async Task<Blueprint> KeepAsync(FlowId flow, BlueprintHead head, CancellationToken cancellation)
    {
        var stored = await store.LoadAsync(flow, null, false, cancellation) ?? throw RefusedException.NotFound($"There is no flow {flow}.");
        var text = $"{head}\n\n{stored.Source}";
        try
        {
            var made = reader.Read(flow.Namespace, flow.Id, text) with { Id = flow.Id };
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
            await files.PutAsync(flow.Namespace, $"{Folder}/{flow.Id}{Extension}", content, cancellation);
            return made;
        }
        catch (FormatException wrong)
        {
            throw RefusedException.Invalid("blueprint", wrong.Message);
        }
    }

    private async Task<IEnumerable<StoredFile>> FilesAsync(string ns, CancellationToken cancellation) =>
        (await files.ListAsync(ns, "", true, cancellation))
            .Where(file => !file.IsDirectory && file.Size <= Longest && file.Path.Trim('/') == $"{Folder}/{file.Name}" && file.Name.EndsWith(Extension, StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal);

    private async Task<Blueprint> ReadAsync(string ns, StoredFile file, CancellationToken cancellation)
    {
        await using var stream = await files.OpenAsync(ns, file.Path, null, cancellation);
        using var text = new StreamReader(stream);
        return reader.Read(ns, file.Name, await text.ReadToEndAsync(cancellation));
    }
}
