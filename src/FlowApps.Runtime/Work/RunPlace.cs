namespace FlowApps.Runtime.Work;

/// <summary>An attempt's context together with what has to be cleared away after it.</summary>
internal sealed class RunPlace(RunContext context, WorkFolder folder, Logs.LogFile? file) : IDisposable
{
    public RunContext Context => context;

    /// <summary>With <c>logToFile</c>: puts the lines into internal storage and returns the address.</summary>
    public async ValueTask<string?> StoreLogFileAsync()
    {
        if (file is null) return null;
        await using var lines = file.Read();
        return await context.PutFileAsync("log.txt", lines, CancellationToken.None);
    }

    public void Dispose()
    {
        file?.Dispose();
        folder.Leave();
    }
}
