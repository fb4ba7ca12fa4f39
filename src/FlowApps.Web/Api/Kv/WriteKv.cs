using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Kv;

/// <summary>Sets and deletes keys. The body is the value: JSON, or bare text whose form (ISO date-time, date, duration) gives its type.</summary>
public sealed partial class WriteKv : IApi
{
    private const int LargestValue = 4 * 1024 * 1024;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/namespaces/{namespace}/kv/{key}", SetAsync).RequirePermission(Permission.WriteNamespaces).WithName("setKeyValue");
        api.MapDelete("/namespaces/{namespace}/kv/{key}", DeleteAsync).RequirePermission(Permission.WriteNamespaces).WithName("deleteKeyValue");
        api.MapDelete("/namespaces/{namespace}/kv", DeleteManyAsync).RequirePermission(Permission.WriteNamespaces).WithName("deleteKeyValues");
    }

    private static async Task<IResult> SetAsync(string @namespace, string key, HttpRequest request, IKvStore store, CancellationToken cancellation)
    {
        var (value, type) = Read(await request.ReadTextAsync(LargestValue));
        var ttl = QueryText.Period("ttl", request.Headers["ttl"].FirstOrDefault());
        await store.SetAsync(@namespace, key, value, type, ttl, overwrite: true, request.Headers["description"].FirstOrDefault(), cancellation);
        return Results.Ok();
    }

    private static async Task<IResult> DeleteAsync(string @namespace, string key, IKvStore store, CancellationToken cancellation) =>
        Answer.Json(await store.DeleteAsync(@namespace, key, cancellation));

    private static async Task<IResult> DeleteManyAsync(string @namespace, HttpRequest request, IKvStore store, CancellationToken cancellation)
    {
        var deleted = new List<string>();
        foreach (var key in ((await request.ReadJsonAsync<Keys>()).List ?? []).OfType<string>())
            if (await store.DeleteAsync(@namespace, key, cancellation)) deleted.Add(key);
        return Answer.Json(new { keys = deleted });
    }

    private static (object? Value, KvType Type) Read(string text)
    {
        try
        {
            return Data.Parse(text) switch
            {
                string s => (s, KvType.String),
                bool b => (b, KvType.Boolean),
                null => throw RefusedException.Invalid("value_missing", "A key needs a value."),
                IReadOnlyDictionary<string, object?> or IReadOnlyList<object?> => (Data.Parse(text), KvType.Json),
                var number => (number, KvType.Number),
            };
        }
        catch (JsonException)
        {
            var bare = text.Trim();
            if (DateForm().IsMatch(bare)) return (DateOnly.ParseExact(bare, "yyyy-MM-dd", CultureInfo.InvariantCulture), KvType.Date);
            if (DateTimeForm().IsMatch(bare) && DateTimeOffset.TryParse(bare, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) return (date, KvType.Datetime);
            if (Duration.TryParse(bare, out var duration)) return (duration, KvType.Duration);
            return (text, KvType.String);
        }
    }

    [GeneratedRegex(@"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
    private static partial Regex DateForm();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d")]
    private static partial Regex DateTimeForm();

    public sealed record Keys([property: System.Text.Json.Serialization.JsonPropertyName("keys")] List<string?>? List);
}
