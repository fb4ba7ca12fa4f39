using FlowApps.Domain.Files;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Inputs.Uploads;

/// <summary>
/// Files sent ahead of a form, in parts, so that a broken line or a refused form loses nothing. An upload belongs to the person who began it and is
/// gone after two weeks; the form names it by id, never by a path.
/// </summary>
public sealed class UploadDesk(IDocumentStore documents, IFileStore files, TimeProvider clock)
{
    public const long Limit = 256L * 1024 * 1024;
    private const string Kind = "upload";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    public async Task<Upload?> FindAsync(string id, CancellationToken cancellation) =>
        (await documents.LoadAsync<Upload>(Kind, id, cancellation))?.Value;

    /// <summary>Errors: TooLarge above <see cref="Limit"/>; Invalid for a name that is none.</summary>
    public async Task<Upload> BeginAsync(string owner, string name, long size, long modified, CancellationToken cancellation)
    {
        if (size is < 0 or > Limit) throw new RefusedException(RefusalKind.TooLarge, "upload_too_large", $"A file can have {UploadWords.Size(Limit)} at most.");
        var plain = System.IO.Path.GetFileName(name.Replace('\\', '/')).Trim();
        if (plain.Length is 0 or > 200 || plain.Any(char.IsControl) || plain is "." or "..") throw RefusedException.Invalid("upload_name", "This file has a name that cannot be kept. Rename it and try again.");
        var id = Ids.New(clock);
        var upload = new Upload(id, owner, plain, size, 0, $"/_uploads/{id}", modified);
        await StoreAsync(upload, cancellation);
        return upload;
    }

    /// <summary>Stores the part that begins at <paramref name="offset"/>. A part that was stored before is passed over. Errors: Conflict when parts are missing before it, with the offset to go on from.</summary>
    public async Task<Upload> AppendAsync(string id, string owner, long offset, Stream part, CancellationToken cancellation)
    {
        var upload = await OwnAsync(id, owner, cancellation);
        if (offset < upload.Received) return upload;
        if (offset > upload.Received) throw RefusedException.Conflict("upload_offset", $"Go on from byte {upload.Received}.");
        var counted = new CountedStream(part, upload.Size - offset);
        await files.PutAsync(PartPath(upload, offset), counted, cancellation);
        upload = upload with { Received = offset + counted.Count };
        await StoreAsync(upload, cancellation);
        return upload;
    }

    /// <summary>How far it is. Errors: NotFound, also for what somebody else sends.</summary>
    public Task<Upload> StandAsync(string id, string owner, CancellationToken cancellation) => OwnAsync(id, owner, cancellation);

    /// <summary>A whole file that came with the form itself.</summary>
    public async Task<Upload> KeepAsync(string owner, IFormFile file, CancellationToken cancellation)
    {
        var upload = await BeginAsync(owner, file.FileName, file.Length, modified: 0, cancellation);
        await using var content = file.OpenReadStream();
        return await AppendAsync(upload.Id, owner, 0, content, cancellation);
    }

    /// <summary>Copies a complete upload into internal storage and returns its URI. The upload itself stays, should the form be sent again.</summary>
    public async Task<string> PlaceAsync(string id, string owner, Func<string, string> pathOf, CancellationToken cancellation)
    {
        var upload = await OwnAsync(id, owner, cancellation);
        if (!upload.IsComplete) throw RefusedException.Conflict("upload_incomplete", $"{upload.Name} is not here whole yet. Wait for it or choose it once more, then send the form again.");
        await using var content = new JoinedStream(Parts(upload), files);
        return await files.PutAsync(pathOf(upload.Name), content, cancellation);
    }

    /// <summary>Lets somebody else go on with it. One that is gone already is left alone: the form will ask for it again.</summary>
    public async Task GiveAsync(string id, string owner, string to, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is { } upload && upload.Owner == owner) await StoreAsync(upload with { Owner = to }, cancellation);
    }

    public async Task RemoveAsync(string id, string owner, CancellationToken cancellation)
    {
        var upload = await OwnAsync(id, owner, cancellation);
        await documents.WriteAsync([new DocumentWrite(Kind, id, null)], cancellation);
        await files.DeleteAsync(upload.Path, cancellation);
    }

    private async Task<Upload> OwnAsync(string id, string owner, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) is { } upload && upload.Owner == owner ? upload : throw RefusedException.NotFound("There is no such upload. Choose the file again.");

    private Task<bool> StoreAsync(Upload upload, CancellationToken cancellation) =>
        documents.WriteAsync([new DocumentWrite(Kind, upload.Id, Data.Write(Data.Map(
            ("id", upload.Id), ("owner", upload.Owner), ("name", upload.Name), ("size", upload.Size), ("received", upload.Received), ("path", upload.Path), ("modified", upload.Modified))),
            Owner: upload.Owner, ExpiresAt: clock.GetUtcNow() + Kept)], cancellation);

    private static string PartPath(Upload upload, long offset) => $"{upload.Path}/{offset:D12}";

    private List<string> Parts(Upload upload)
    {
        var parts = new List<string>();
        for (var offset = 0L; offset < upload.Received;)
        {
            var path = PartPath(upload, offset);
            parts.Add(path);
            offset += files.Find(path)?.Size ?? throw RefusedException.NotFound($"{upload.Name} was not kept whole. Choose the file again.");
        }
        return parts;
    }
}
