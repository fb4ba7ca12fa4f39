using System.Globalization;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace FlowApps.Plugins.Tasks.Amqp;

/// <summary>A message as flows see it: a map of <c>data</c>, <c>headers</c> and the properties of AMQP 0-9-1, and back.</summary>
internal static class AmqpMessage
{
    public static OrderedDictionary<string, object?> Read(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body, SerdeType serde) => Data.Map(
        ("contentType", properties.ContentType),
        ("contentEncoding", properties.ContentEncoding),
        ("headers", properties.Headers is { } headers ? Plain(headers) : null),
        ("deliveryMode", properties.IsDeliveryModePresent() ? (int)properties.DeliveryMode : null),
        ("priority", properties.IsPriorityPresent() ? (int)properties.Priority : null),
        ("messageId", properties.MessageId),
        ("correlationId", properties.CorrelationId),
        ("replyTo", properties.ReplyTo),
        ("expiration", long.TryParse(properties.Expiration, NumberStyles.None, CultureInfo.InvariantCulture, out var left) && left <= int.MaxValue ? Duration.Write(TimeSpan.FromMilliseconds(left)) : null),
        ("timestamp", properties.IsTimestampPresent() ? Moment(properties.Timestamp.UnixTime) : null),
        ("type", properties.Type),
        ("userId", properties.UserId),
        ("appId", properties.AppId),
        ("data", Body(Encoding.UTF8.GetString(body), serde)));

    /// <summary>Errors: <see cref="TaskFailedException"/> naming what does not fit.</summary>
    public static (BasicProperties Properties, byte[] Body) Write(IReadOnlyDictionary<string, object?> message, SerdeType serde)
    {
        if (!message.TryGetValue("data", out var data)) throw new TaskFailedException("A message is a map with `data`, and `headers` and other properties where wanted.");
        var properties = new BasicProperties
        {
            ContentType = Text("contentType"),
            ContentEncoding = Text("contentEncoding"),
            MessageId = Text("messageId"),
            CorrelationId = Text("correlationId"),
            ReplyTo = Text("replyTo"),
            Type = Text("type"),
            UserId = Text("userId"),
            AppId = Text("appId"),
            Headers = message.GetValueOrDefault("headers") is IReadOnlyDictionary<string, object?> headers ? headers.ToDictionary(header => header.Key, header => Sent(header.Value)) : null,
        };
        if (Text("deliveryMode") is { } mode) properties.DeliveryMode = mode is "1" or "2" ? (DeliveryModes)int.Parse(mode, CultureInfo.InvariantCulture) : throw Wrong("deliveryMode", "1 (in memory) or 2 (on disk)");
        if (Text("priority") is { } priority) properties.Priority = byte.TryParse(priority, NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : throw Wrong("priority", "a number from 0 to 255");
        if (Text("expiration") is { } expiration)
            properties.Expiration = Duration.TryParse(expiration, out var duration) && duration >= TimeSpan.Zero ? ((long)duration.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) : throw Wrong("expiration", "a duration such as PT5M");
        if (Text("timestamp") is { } timestamp)
            properties.Timestamp = DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? new AmqpTimestamp(moment.ToUnixTimeSeconds()) : throw Wrong("timestamp", "a moment such as 2026-01-31T08:00:00Z");
        return (properties, Encoding.UTF8.GetBytes(serde is SerdeType.String && data is string text ? text : Data.Write(data)));

        string? Text(string name) => message.GetValueOrDefault(name) is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

        TaskFailedException Wrong(string name, string wanted) => new($"`{name}` of a message is {wanted}, not '{Text(name)}'.");
    }

    private static object? Body(string text, SerdeType serde)
    {
        if (serde is SerdeType.String) return text;
        try
        {
            return Data.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    /// <summary>Without the number by which the client of whoever sent it counts.</summary>
    private static OrderedDictionary<string, object?> Plain(IDictionary<string, object?> headers)
    {
        var map = Data.Map();
        foreach (var (name, value) in headers)
            if (name != Constants.PublishSequenceNumberHeader) map[name] = Plain(value);
        return map;
    }

    private static object? Plain(object? value) => value switch
    {
        null or bool or int or long or double or string => value,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        AmqpTimestamp moment => Moment(moment.UnixTime),
        IDictionary<string, object?> map => Plain(map),
        IEnumerable<object?> list => list.Select(Plain).ToList(),
        short or ushort or byte or sbyte => Convert.ToInt32(value, CultureInfo.InvariantCulture),
        uint number => (long)number,
        float number => (double)number,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>The values that a table of AMQP can hold.</summary>
    private static object? Sent(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map => map.ToDictionary(entry => entry.Key, entry => Sent(entry.Value)),
        IReadOnlyList<object?> list => list.Select(Sent).ToList(),
        _ => value,
    };

    private static string? Moment(long seconds) => seconds is >= 0 and < 253_402_300_800
        ? DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : null;
}
