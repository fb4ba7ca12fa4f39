using System.Text.Json;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Api;

/// <summary>The answers that many operations share.</summary>
public static class Answer
{
    public static IResult List<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => new JsonAnswer(writer => writer.WriteArray(items, write));

    /// <summary>A page of a list: <c>{results, total}</c>.</summary>
    public static IResult Page<T>(IEnumerable<T> results, long total, Action<Utf8JsonWriter, T> write) => new JsonAnswer(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("results");
        writer.WriteArray(results, write);
        writer.WriteNumber("total", total);
        writer.WriteEndObject();
    });

    /// <summary>A record as JSON, as stored data is written.</summary>
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => new JsonAnswer(writer => JsonSerializer.Serialize(writer, value, Data.Json), status);

    /// <summary>How many things a bulk operation changed.</summary>
    public static IResult Count(long count) => Json(new { count });
}
