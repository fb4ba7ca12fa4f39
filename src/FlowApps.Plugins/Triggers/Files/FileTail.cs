using System.Text;
using System.Text.RegularExpressions;
using FlowApps.Domain.Triggers;
using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Triggers.Files;

/// <summary>
/// Follows a text file of this computer, such as a log, and starts an execution for each line that is added (<c>trigger.line</c>, <c>trigger.position</c> in bytes,
/// <c>trigger.path</c>). How far it has read is stored with each execution: after a restart it goes on there, also when the file was rotated meanwhile.
/// The file must be in a folder of <c>FlowApps:LocalFolders</c>.
/// </summary>
[Plugin("fs.Tail", Icon = "file-arrow-right")]
public sealed record FileTail : RealtimeTrigger
{
    /// <summary>The file, as an absolute path; it may come later.</summary>
    public required Property<string> Path { get; init; }

    /// <summary>Where to begin the first time: END or BEGINNING.</summary>
    public Property<TailStart> From { get; init; } = "END";

    /// <summary>A regular expression; only lines in which it is found start executions.</summary>
    public Property<string>? Pattern { get; init; }

    public override async Task ListenAsync(TaskContext context, Func<TriggerEvent, CancellationToken, Task> emit, CancellationToken cancellation)
    {
        var (folders, written) = (context.Port<LocalFolders>(), context.Render(Path) ?? "");
        var folder = System.IO.Path.GetDirectoryName(folders.Resolve(written))!;
        if (!Directory.Exists(folder)) throw new TaskFailedException($"There is no folder {folder}.");
        using var bell = new FolderBell(folder);
        var wanted = context.Render(Pattern) is { Length: > 0 } text ? LinearRegex.Of(text) : null;
        var position = await BeginAsync(context, new TailedFile(folders.Resolve(written)), cancellation);
        while (true)
        {
            position = await FollowAsync(new Reading(context, emit, wanted), new TailedFile(folders.Resolve(written)), position, cancellation);
            await bell.WaitAsync(context.Clock, cancellation);
        }
    }

    private async Task<TailPosition> BeginAsync(TaskContext context, TailedFile tailed, CancellationToken cancellation)
    {
        if (context.Memory.Value.Count > 0) return TailPosition.Of(context.Memory.Value);
        await using var file = tailed.Open();
        var position = file is null ? TailPosition.Nowhere : TailPosition.At(file, context.Render(From) is TailStart.End ? file.Length : 0);
        context.Memory.Keep(position.ToMemory());
        await context.Memory.SaveAsync(cancellation);
        return position;
    }

    /// <summary>Reads all that is there: from the file, or first from what it was before it was rotated.</summary>
    private static async Task<TailPosition> FollowAsync(Reading reading, TailedFile tailed, TailPosition position, CancellationToken cancellation)
    {
        while (true)
        {
            await using var file = tailed.Open();
            if (file is not null && position.IsIn(file)) return await reading.LinesAsync(file, position, false, cancellation);
            await using var rotated = tailed.OpenRotated(position);
            // Its writer may not have noticed: until the new file holds something, the old one may grow.
            var isOver = file is { Length: > 0 };
            if (rotated is not null) position = await reading.LinesAsync(rotated, position, isOver, cancellation);
            if (!isOver) return position;
            if (rotated is null && position.Offset > 0) reading.Context.Log(Domain.Logs.LogLevel.Warn, $"{file!.Name} was replaced or cut, and what it was is not there: it is read from its beginning.");
            await using var next = rotated is null ? tailed.Open() : tailed.OpenAfter(rotated);
            if (next is null) return position;
            position = TailPosition.At(next, 0);
        }
    }

    private sealed record Reading(TaskContext Context, Func<TriggerEvent, CancellationToken, Task> Emit, Regex? Wanted)
    {
        /// <summary>Whole lines; the rest of a file that is over is a line too.</summary>
        public async Task<TailPosition> LinesAsync(FileStream file, TailPosition position, bool isOver, CancellationToken cancellation)
        {
            file.Position = position.Offset;
            var rows = new RowReader(file, "\n");
            var offset = position.Offset;
            while (await rows.NextAsync(cancellation) is { } row && (isOver || row.Span is [.., (byte)'\n']))
            {
                var (start, line) = (offset, Encoding.UTF8.GetString(row.Span).TrimEnd('\n', '\r'));
                offset += row.Length;
                if (Wanted?.IsMatch(line) == false) continue;
                Context.Memory.Keep(TailPosition.At(file, offset).ToMemory());
                await Emit(new TriggerEvent(Data.Map(("line", line), ("path", file.Name), ("position", start))), cancellation);
            }
            return TailPosition.At(file, offset);
        }
    }
}
