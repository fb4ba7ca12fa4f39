using System.Threading.Channels;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Problems;
using FlowApps.Runtime.News;
using Microsoft.Extensions.Logging;

namespace FlowApps.Runtime.Logs;

/// <summary>Writes the lines of running attempts in batches, at most a moment after they were made, and tells who watches once they are durable.</summary>
internal sealed class LogPipe(ILogStore store, ExecutionFeed feed, TimeProvider clock, ILogger<LogPipe> logger) : IAsyncDisposable
{
    public const int BatchSize = 1000;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly Channel<RunLog> noticed = Channel.CreateUnbounded<RunLog>(new UnboundedChannelOptions { SingleReader = true });
    private Task running = Task.CompletedTask;

    public void Start() => running = RunAsync();

    /// <summary>This log has lines to write.</summary>
    public void Notice(RunLog log) => noticed.Writer.TryWrite(log);

    /// <summary>Writes what has been noticed, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        noticed.Writer.TryComplete();
        await running;
    }

    private async Task RunAsync()
    {
        while (await noticed.Reader.WaitToReadAsync())
        {
            // Short attempts are over by then and have put their lines into their report's commit.
            await Task.Delay(Moment, clock);
            var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var batch = new List<LogEntry>();
            while (batch.Count < BatchSize && noticed.Reader.TryRead(out var log)) batch.AddRange(log.Take(written.Task));
            if (batch.Count > 0) await WriteAsync(batch);
            written.SetResult();
        }
    }

    private async Task WriteAsync(List<LogEntry> batch)
    {
        for (var pause = Moment; ; pause = pause < Patience ? pause * 2 : Patience)
        {
            try
            {
                Fault.Point("logs-before-append");
                await store.AppendAsync(batch, CancellationToken.None);
                Fault.Point("logs-after-append");
                feed.Publish(batch);
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "{Count} log lines could not be written; trying again.", batch.Count);
                await Task.Delay(pause, clock);
            }
        }
    }
}
