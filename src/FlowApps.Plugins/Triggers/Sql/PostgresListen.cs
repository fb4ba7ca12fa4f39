using System.Collections.Concurrent;
using FlowApps.Domain.Triggers;
using FlowApps.Plugins.Http;
using FlowApps.Plugins.Tasks.Sql;
using Npgsql;

namespace FlowApps.Plugins.Triggers.Sql;

/// <summary>
/// Listens to a channel of a PostgreSQL database and starts an execution for each NOTIFY (<c>trigger.channel</c>, <c>trigger.payload</c>). PostgreSQL keeps no notification for
/// a listener that is away: for what must not be missed use sql.Trigger with a cursor.
/// </summary>
[Plugin("postgres.Listen", Icon = "database-share")]
public sealed record PostgresListen : RealtimeTrigger, IDatabaseFields
{
    /// <summary>The database, as <c>jdbc:postgresql://host:5432/name</c>.</summary>
    public required Property<string> Url { get; init; }

    /// <summary>Who listens.</summary>
    public Property<string>? Username { get; init; }

    /// <summary>The password; a secret.</summary>
    public Property<string>? Password { get; init; }

    /// <summary>The channel's name, as NOTIFY has it; letter case counts.</summary>
    public required Property<string> Channel { get; init; }

    public override async Task ListenAsync(TaskContext context, Func<TriggerEvent, CancellationToken, Task> emit, CancellationToken cancellation)
    {
        var (url, channel) = ((context.Render(Url) ?? "").Trim(), context.Render(Channel) ?? "");
        var address = PostgresAddress.Read(url.StartsWith("jdbc:", StringComparison.Ordinal) ? url["jdbc:".Length..] : url);
        await using var connection = await address.OpenAsync(context.Render(Username), context.Render(Password), context.Port<OutboundPolicy>(), cancellation);
        var heard = new ConcurrentQueue<string>();
        connection.Notification += (_, news) => heard.Enqueue(news.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN \"{channel.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection)) await listen.ExecuteNonQueryAsync(cancellation);
        context.Log(Domain.Logs.LogLevel.Debug, $"Listening to {channel}.");
        while (true)
        {
            while (heard.TryDequeue(out var payload)) await emit(new TriggerEvent(Data.Map(("channel", channel), ("payload", payload))), cancellation);
            await connection.WaitAsync(cancellation);
        }
    }
}
