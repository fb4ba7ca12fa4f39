using System.Text.Encodings.Web;
using System.Text.Json;

namespace FlowApps.Web.Api;

/// <summary>JSON written straight into the response, without building an object first.</summary>
public sealed class JsonAnswer(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK) : IResult
{
    internal static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 256 };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        using (var writer = new Utf8JsonWriter(response.BodyWriter, WriterOptions)) write(writer);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}
