using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FlowApps.Storage.Embedded;

/// <summary>
/// A private PostgreSQL below the data folder: made at first start, reached through a socket in a folder only we may enter, started again when it dies,
/// shared with other processes of the same folder, stopped cleanly with the process that started it, or with the last that used it.
/// </summary>
internal sealed class EmbeddedPostgres(string dataFolder, ILogger logger) : IAsyncDisposable
{
    private const int LooksAtTheEnd = 10;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private readonly string folder = Path.Combine(Path.GetFullPath(dataFolder), "pg");
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<string> lastWords = new();
    private Task supervision = Task.CompletedTask;
    private Process? ours;

    /// <summary>How to connect; known before the server runs.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder { Host = SocketFolder, Username = "flowapps", Database = "postgres" }.ConnectionString;

    // A socket path may have 107 bytes.
    private string SocketFolder => Encoding.UTF8.GetByteCount(folder) < 88
        ? folder
        : Path.Combine("/tmp", "flowapps-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16]);

    /// <summary>Completes when the server takes connections. Errors: <see cref="InvalidOperationException"/> with the server's own words.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows()) throw new InvalidOperationException("The built-in database needs Linux or macOS. Use a PostgreSQL server with ConnectionStrings__FlowApps.");
        var account = PostgresAccount.Needed();
        var versionFile = Path.Combine(folder, "PG_VERSION");
        var binaries = await PostgresBinaries.FindAsync(File.Exists(versionFile) ? int.Parse(await File.ReadAllTextAsync(versionFile, cancellation), CultureInfo.InvariantCulture) : null, cancellation);
        if (!File.Exists(versionFile)) await CreateAsync(binaries, account, cancellation);
        MakeFolder(SocketFolder, account);
        await RunAsync(binaries, account, cancellation);
        supervision = SuperviseAsync(binaries, account);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await supervision;
        if (ours is { HasExited: false } process)
        {
            // SIGINT asks for a fast shutdown: sessions end, everything is checkpointed.
            await Command.RunAsync(["kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture)], CancellationToken.None);
            await process.WaitForExitAsync();
        }
        else if (Postmaster.Of(folder) is { } adopted && await IsLeftAloneAsync())
        {
            await Command.RunAsync(["kill", "-INT", adopted.Pid.ToString(CultureInfo.InvariantCulture)], CancellationToken.None);
        }
        ours?.Dispose();
        stopping.Dispose();
    }

    /// <summary>Whether a server that another process started has nobody any more; that process may be long gone.</summary>
    private async Task<bool> IsLeftAloneAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
            await connection.OpenAsync();
            await using var others = new NpgsqlCommand("select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()", connection);
            for (var looks = 0; looks < LooksAtTheEnd; looks++)
            {
                if (await others.ExecuteScalarAsync() is 0L) return true;
                // Our own sessions end on the server's side a moment after we closed them.
                await Task.Delay(50);
            }
        }
        catch (NpgsqlException)
        {
            // It is ending already.
        }
        return false;
    }

    /// <summary>Makes the data folder under another name first: one that is there is whole, and of two processes that make it at once one is first.</summary>
    private async Task CreateAsync(PostgresBinaries binaries, PostgresAccount? account, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        var made = $"{folder}.{Guid.NewGuid().ToString("N")[..8]}";
        MakeFolder(made, account);
        try
        {
            var (code, output) = await Command.RunAsync(
                PostgresAccount.Prefix(account, false, [binaries.InitDb, "-D", made, "-U", "flowapps", "-E", "UTF8", "--locale=C", "--auth-local=trust", "--auth-host=reject"]), cancellation);
            if (code != 0) throw new InvalidOperationException($"The built-in database could not be made in {folder}: {output.Trim()}{Hint(account)}");
            if (!Directory.Exists(folder)) Directory.Move(made, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            logger.LogDebug("Another process made the built-in database first.");
        }
        finally
        {
            if (Directory.Exists(made)) Directory.Delete(made, true);
        }
    }

    private static void MakeFolder(string path, PostgresAccount? account)
    {
        if (!OperatingSystem.IsWindows() && !Directory.Exists(path)) Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        account?.Own(path);
    }

    private static string Hint(PostgresAccount? account) =>
        account is null ? "" : $" It runs as '{account.Name}', who must be able to enter (o+x) every folder above.";

    /// <summary>Adopts a server that is there, or starts one; waits until it is ready.</summary>
    private async Task RunAsync(PostgresBinaries binaries, PostgresAccount? account, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping.Token);
        limit.CancelAfter(StartLimit);
        Process? launched = null;
        while (Postmaster.Of(folder) is not { IsReady: true })
        {
            if (launched is null && Postmaster.Of(folder) is null)
            {
                await Postmaster.ClearRemainsAsync(folder, SocketFolder, limit.Token);
                launched = await LaunchAsync(binaries, account);
            }
            // Of two processes that start it at once one finds the folder taken: it adopts the other's.
            if (launched is { HasExited: true } && Postmaster.Of(folder) is null)
                throw new InvalidOperationException($"The built-in database in {folder} ended while starting: {string.Join(" ", lastWords)}{Hint(account)}");
            await Task.Delay(5, limit.Token);
        }
    }

    private async Task<Process> LaunchAsync(PostgresBinaries binaries, PostgresAccount? account)
    {
        ours?.Dispose();
        var command = PostgresAccount.Prefix(account, true, [binaries.Postgres, "-D", folder, .. PostgresSettings.Arguments(SocketFolder, binaries.Major)]);
        var process = new Process { StartInfo = Command.StartInfo(command) };
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // The parent-death signal follows the thread that forked, so that thread lives as long as the server.
        new Thread(() => Run(process, started)) { IsBackground = true, Name = "postgres" }.Start();
        await started.Task;
        return ours = process;
    }

    private void Run(Process process, TaskCompletionSource started)
    {
        process.OutputDataReceived += (_, line) => Report(line.Data);
        process.ErrorDataReceived += (_, line) => Report(line.Data);
        try
        {
            process.Start();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            started.SetResult();
        }
        catch (Exception e)
        {
            started.SetException(new InvalidOperationException($"The built-in database could not be started: {e.Message}", e));
            return;
        }
        process.WaitForExit();
    }

    private void Report(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lastWords.Enqueue(line);
        while (lastWords.Count > 5) lastWords.TryDequeue(out _);
        logger.LogDebug("postgres: {Line}", line);
    }

    /// <summary>Whoever started it, when it is gone it is started again.</summary>
    private async Task SuperviseAsync(PostgresBinaries binaries, PostgresAccount? account)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (ours is { HasExited: false } process) await process.WaitForExitAsync(stopping.Token);
                else await Task.Delay(500, stopping.Token);
                if (Postmaster.Of(folder) is not null) continue;
                logger.LogWarning("The built-in database ended; it is started again.");
                await RunAsync(binaries, account, stopping.Token);
                logger.LogInformation("The built-in database runs again.");
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogError(e, "The built-in database could not be started again; the next try follows.");
                await Task.Delay(1000, CancellationToken.None);
            }
        }
    }
}
