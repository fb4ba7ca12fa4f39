using System.IO.Compression;
using FlowApps.Domain.Files;

namespace FlowApps.Plugins.Files;

/// <summary>The kept files of a working directory: one archive per task (and loop value) in internal storage.</summary>
internal static class CachedFiles
{
    /// <summary>Unpacks the archive when it is there and young enough; an old one is deleted.</summary>
    public static async Task RestoreAsync(TaskContext context, DirectoryCache? cache, CancellationToken cancellation)
    {
        if (cache is null) return;
        var (store, path) = (context.Port<IFileStore>(), PathOf(context));
        if (await store.FindAsync(path, cancellation) is not { } kept) return;
        if (cache.Ttl is { } ttl && kept.ModifiedAt + ttl < context.Clock.GetUtcNow())
        {
            await store.DeleteAsync(path, cancellation);
            return;
        }
        await using var scratch = new ScratchFile(context);
        await using (var source = await store.OpenAsync(path, cancellation)) await source.CopyToAsync(scratch.Content, cancellation);
        scratch.Content.Position = 0;
        await using var archive = new ZipArchive(scratch.Content, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in archive.Entries)
        {
            await using var target = WorkingFiles.Create(context.WorkingDirectory, entry.FullName);
            await using var content = await entry.OpenAsync(cancellation);
            await content.CopyToAsync(target, cancellation);
        }
    }

    /// <summary>Packs the files that match, unless an archive that is still good is there.</summary>
    public static async Task KeepAsync(TaskContext context, DirectoryCache? cache, CancellationToken cancellation)
    {
        if (cache is null) return;
        var (store, path) = (context.Port<IFileStore>(), PathOf(context));
        if (await store.FindAsync(path, cancellation) is not null) return;
        var files = WorkingFiles.Find(context.WorkingDirectory, OutputFiles.Patterns(context, cache.Patterns)).ToList();
        if (files.Count == 0) return;
        await using var scratch = new ScratchFile(context);
        await using (var archive = new ZipArchive(scratch.Content, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, full) in files) await archive.CreateEntryFromFileAsync(full, name, cancellation);
        scratch.Content.Position = 0;
        await store.PutAsync(path, scratch.Content, cancellation);
    }

    private static string PathOf(TaskContext context)
    {
        var run = context.Variables.GetValueOrDefault("taskrun") as IReadOnlyDictionary<string, object?>;
        return FilePaths.Cache(context.Flow.Namespace, context.Flow.Id, context.TaskId, run?.GetValueOrDefault("value") as string);
    }
}
