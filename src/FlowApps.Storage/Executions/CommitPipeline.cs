using System.Threading.Channels;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Storage.Databases;
using FlowApps.Storage.Executions.Writing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FlowApps.Storage.Executions;

/// <summary>
/// The one writer of a process: takes whatever queued while the last batch was on disk and writes it as one transaction. No timer. A commit that came too late
/// fails alone. When the answer to a batch is lost, the writer's batch number tells whether it happened, before anybody is told anything.
/// </summary>
internal sealed class CommitPipeline(Database database, Node node, ILogger<CommitPipeline> logger) : IAsyncDisposable
{
    private const string Rival = "FA001";
    private const string Fenced = "FA002";
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Trust = TimeSpan.FromMilliseconds(200);

    // While nothing is being written, who commits also sends: one hand-over between threads less.
    private readonly Channel<PreparedCommit> queue = Channel.CreateBounded<PreparedCommit>(new BoundedChannelOptions(50_000) { SingleReader = true, AllowSynchronousContinuations = true });
    private readonly Queue<PreparedCommit> put = new();
    private readonly KnownMetrics metrics = new();
    private readonly string writer = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource stopping = new();
    private NpgsqlConnection? connection;
    private Task writing = Task.CompletedTask;
    private long number;
    private long lastAnswer;

    /// <summary>Commits that are queued.</summary>
    public int Waiting => queue.Reader.Count;

    /// <summary>Errors: <see cref="RefusedException"/> Unavailable: nothing was accepted.</summary>
    public async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellation)
    {
        var prepared = new PreparedCommit(commit, database.Clock.GetTimestamp());
        await queue.Writer.WriteAsync(prepared, cancellation);
        return await prepared.Outcome.WaitAsync(cancellation);
    }

    /// <summary>Makes this writer known, since other processes wake only those they know of, and starts writing.</summary>
    public async Task StartAsync()
    {
        await BeatAsync();
        writing = Task.Run(RunAsync);
    }

    /// <summary>Writes what is queued, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        stopping.CancelAfter(database.Patience);
        await writing;
        if (connection is not null) await connection.DisposeAsync();
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (await HasMoreAsync())
        {
            var batch = new CommitBatch();
            var rivals = Fill(batch);
            try
            {
                await WriteAsync(batch, rivals);
            }
            catch (Exception e)
            {
                logger.LogError(e, "A batch of {Count} commits could not be written.", batch.Commits.Count);
                foreach (var commit in batch.Commits) commit.Fail(e);
            }
            if (batch.IsDurable) AnswerTheLate(batch);
        }
        foreach (var commit in put) commit.Fail(Faults.Away(null));
        await LeaveAsync();
    }

    /// <summary>Waits for commits; tells the other processes now and then that this one lives.</summary>
    private async Task<bool> HasMoreAsync()
    {
        if (put.Count > 0) return true;
        var more = queue.Reader.WaitToReadAsync();
        if (more.IsCompleted) return await more;
        var waiting = more.AsTask();
        while (true)
        {
            try
            {
                return await waiting.WaitAsync(Heartbeat);
            }
            catch (TimeoutException)
            {
                await BeatAsync();
            }
        }
    }

    /// <summary>Fills the batch in the order of asking; true when some had to wait for a rival, so that a check is worth its round trip.</summary>
    private bool Fill(CommitBatch batch)
    {
        var waited = put.Count > 0;
        for (var i = put.Count; i > 0 && !batch.IsFull; i--) Take(put.Dequeue());
        while (!batch.IsFull && queue.Reader.TryRead(out var commit)) Take(commit);
        return waited;

        void Take(PreparedCommit commit)
        {
            if (!batch.TryAdd(commit)) put.Enqueue(commit);
        }
    }

    /// <summary>Those who waited because of a rival on the same stream lost against it.</summary>
    private void AnswerTheLate(CommitBatch batch)
    {
        for (var i = put.Count; i > 0; i--)
            if (put.Dequeue() is var commit && batch.Outdates(commit)) commit.Complete(CommitOutcome.Conflict);
            else put.Enqueue(commit);
    }

    private async Task WriteAsync(CommitBatch batch, bool check)
    {
        var (sent, inDoubt, isBehind) = (false, false, false);
        Exception? wrong = null;
        for (var attempt = 0; batch.Commits.Count > 0; attempt++)
        {
            try
            {
                await ConnectAsync();
                if (sent && await HappenedAsync()) break;
                if (isBehind) number = await WrittenAsync() ?? number;
                (sent, isBehind) = (false, false);
                if (wrong is not null)
                {
                    await OneByOneAsync(batch, wrong);
                    return;
                }
                if (check) await LeaveOutTheLateAsync(batch);
                if (batch.Commits.Count == 0) return;
                await PingAsync();
                await using var statements = batch.Statements(connection!, writer, node.Id, number + 1, database.Clock.GetUtcNow(), metrics);
                sent = true;
                Fault.Point("batch-before-send");
                await statements.ExecuteNonQueryAsync();
                Fault.Point("batch-written-before-answers");
                number++;
                lastAnswer = database.Clock.GetTimestamp();
                break;
            }
            catch (PostgresException e) when (e.SqlState is Rival or PostgresErrorCodes.UniqueViolation)
            {
                // Somebody was first with something. Whom it concerns is looked up; three times in a row, and each has to try alone.
                (sent, check) = (false, true);
                if (attempt >= 3) wrong = e;
            }
            catch (PostgresException e) when (e.SqlState == Fenced)
            {
                // Either this very batch was written after all, or its number belongs to one that was given up before it.
                (sent, isBehind) = (inDoubt, !inDoubt);
                if (inDoubt) logger.LogInformation("A batch whose answer was lost had been written after all.");
                else logger.LogWarning("A batch that was taken for refused had been written; this one comes behind it.");
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable && batch.Commits.Count > 1)
            {
                // A session outside holds a row: only who wants that row shall wait for it.
                wrong = e;
            }
            catch (NpgsqlException e) when (Faults.AreOfTheMoment(e))
            {
                sent &= Faults.IsConnectionLost(e);
                inDoubt |= sent;
                await PauseAsync(batch, sent, attempt, e);
            }
            catch (Exception e) when (e is not RefusedException)
            {
                wrong = e;
                await DropConnectionAsync();
            }
        }
        foreach (var commit in batch.Commits) commit.Complete(CommitOutcome.Done);
        foreach (var commit in batch.Commits) metrics.Learn(commit.Commit.Metrics);
        batch.IsDurable = true;
    }

    private async Task LeaveOutTheLateAsync(CommitBatch batch)
    {
        var late = await CommitCheck.TooLateAsync(connection!, batch.Commits, database.Clock.GetUtcNow(), CancellationToken.None);
        foreach (var (commit, outcome) in late) commit.Complete(outcome);
        batch.Remove(late.Keys.ToHashSet());
    }

    /// <summary>A batch that cannot be written as a whole is written commit by commit, and the one that is wrong gets the error.</summary>
    private async Task OneByOneAsync(CommitBatch batch, Exception wrong)
    {
        if (batch.Commits is [var only])
        {
            if (wrong is PostgresException { SqlState: Rival }) only.Complete(CommitOutcome.Conflict);
            else only.Fail(wrong is PostgresException fault && Faults.IsFull(fault) ? Faults.Full() : wrong);
            return;
        }
        foreach (var commit in batch.Commits)
        {
            var alone = new CommitBatch();
            alone.TryAdd(commit);
            await WriteAsync(alone, false);
        }
    }

    private async Task ConnectAsync()
    {
        if (connection is { State: System.Data.ConnectionState.Open }) return;
        if (connection is not null) await connection.DisposeAsync();
        connection = await database.Writers.OpenConnectionAsync();
        await RegisterAsync();
    }

    /// <summary>
    /// After a batch that could not even be sent as it is, the driver believes statements of that batch to be prepared that the server has never seen, and would fail everything
    /// that follows on the connection.
    /// </summary>
    private async Task DropConnectionAsync()
    {
        if (connection is null) return;
        database.Writers.Clear();
        await connection.DisposeAsync();
        connection = null;
    }

    /// <summary>
    /// After a pause, asks whether the server is still there: a commit that was never sent to a server that is away can be refused, one that was sent has to wait for it.
    /// </summary>
    private async Task PingAsync()
    {
        if (database.Clock.GetElapsedTime(lastAnswer) < Trust) return;
        await using var ping = new NpgsqlCommand("select 1", connection);
        await ping.ExecuteScalarAsync();
    }

    private async Task RegisterAsync()
    {
        await using var register = new NpgsqlCommand("insert into writers (id, node, batch) values ($1, $2, $3) on conflict (id) do nothing", connection);
        register.Parameters.Add(new NpgsqlParameter<string> { TypedValue = writer });
        register.Parameters.Add(new NpgsqlParameter<string> { TypedValue = node.Id });
        register.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
        await register.ExecuteNonQueryAsync();
    }

    /// <summary>Whether the batch whose answer was lost is durable. Waits for the row, so a transaction that is still running is over when we know.</summary>
    private async Task<bool> HappenedAsync()
    {
        var written = await WrittenAsync();
        if (written is null) await RegisterAsync();
        if (written != number + 1) return false;
        number++;
        return true;
    }

    /// <summary>The number of this writer's last durable batch; null when the database does not know the writer.</summary>
    private async Task<long?> WrittenAsync()
    {
        await using var look = new NpgsqlCommand("select batch from writers where id = $1 for update", connection);
        look.Parameters.Add(new NpgsqlParameter<string> { TypedValue = writer });
        return (long?)await look.ExecuteScalarAsync();
    }

    /// <summary>
    /// Waits a moment. What was never sent is refused when the database stays away; what was sent waits for the database, since nobody can say yet what became of it.
    /// </summary>
    private async Task PauseAsync(CommitBatch batch, bool sent, int attempt, NpgsqlException fault)
    {
        if (attempt == 0) logger.LogWarning("The database did not answer: {Message}", fault.Message);
        while (queue.Reader.TryRead(out var commit)) put.Enqueue(commit);
        for (var i = put.Count; i > 0; i--)
            if (put.Dequeue() is var commit && !RefuseIfOld(commit, fault)) put.Enqueue(commit);
        if (!sent) batch.Remove(batch.Commits.Where(commit => RefuseIfOld(commit, fault)).ToHashSet());
        if (stopping.IsCancellationRequested) throw sent ? new OperationCanceledException("Stopped before the database could tell whether it kept this.", fault) : Faults.Away(fault);
        var wait = Math.Min(10 << Math.Min(attempt, 6), 500);
        await Task.Delay(TimeSpan.FromMilliseconds(wait / 2 + Random.Shared.Next(wait)), database.Clock);
    }

    private bool RefuseIfOld(PreparedCommit commit, NpgsqlException fault)
    {
        if (database.Clock.GetElapsedTime(commit.QueuedAt) < database.Patience) return false;
        commit.Fail(Faults.Away(fault));
        return true;
    }

    private async Task BeatAsync() => await QuietlyAsync("update writers set seen_at = now() where id = $1");

    private async Task LeaveAsync() => await QuietlyAsync("delete from writers where id = $1 or seen_at < now() - interval '1 day'");

    private async Task QuietlyAsync(string sql)
    {
        try
        {
            await ConnectAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = writer });
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException e)
        {
            logger.LogDebug(e, "The database is away.");
        }
    }
}
