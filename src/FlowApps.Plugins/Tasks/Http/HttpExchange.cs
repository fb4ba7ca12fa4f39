using System.Text;
using FlowApps.Domain.Http;
using FlowApps.Domain.Logs;

namespace FlowApps.Plugins.Tasks.Http;

/// <summary>A request that was sent and the answer to it, with the time limits and the size limit of its options.</summary>
internal sealed class HttpExchange : IDisposable
{
    private const int MaxShown = 500;
    private static readonly TimeSpan DefaultSilence = TimeSpan.FromMinutes(5);
    private readonly IHttpFields fields;
    private readonly TaskContext context;
    private readonly TimeSpan silence;

    private HttpExchange(IHttpFields fields, TaskContext context, TimeSpan silence, HttpResponseMessage response)
    {
        (this.fields, this.context, this.silence, Response) = (fields, context, silence, response);
    }

    public HttpResponseMessage Response { get; }

    public int Code => (int)Response.StatusCode;

    /// <summary>Where the answer came from, after redirects.</summary>
    public string Uri => Response.RequestMessage?.RequestUri?.AbsoluteUri ?? "";

    public OrderedDictionary<string, object?> Headers
    {
        get
        {
            var headers = Data.Map();
            foreach (var (name, values) in Response.Headers.Concat(Response.Content.Headers)) headers[name] = values.ToList<object?>();
            return headers;
        }
    }

    public static async Task<HttpExchange> SendAsync(IHttpFields fields, TaskContext context, CancellationToken cancellation)
    {
        using var request = await HttpRequests.BuildAsync(fields, context, cancellation);
        var options = fields.Options;
        var silence = context.Render(options?.Timeout?.ReadIdleTimeout ?? options?.ReadTimeout ?? options?.ReadIdleTimeout, DefaultSilence);
        HttpTrace.Request(options, context, request);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(silence);
        try
        {
            var response = await context.Port<IHttp>().SendAsync(request, HttpRequests.Settings(fields, context), patience.Token);
            HttpTrace.Answer(options, context, response);
            return new HttpExchange(fields, context, silence, response);
        }
        catch (HttpRequestException e)
        {
            throw new TaskFailedException($"{request.Method} {request.RequestUri} failed: {e.Message}", null, e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TaskFailedException($"{request.Method} {request.RequestUri} was not answered within {Duration.Write(silence)}.", null, e);
        }
    }

    /// <summary>Errors: <see cref="TaskFailedException"/> when the status says failure and that is not allowed.</summary>
    public async Task CheckAsync(bool allowFailed, CancellationToken cancellation)
    {
        if (Response.IsSuccessStatusCode || context.Render(fields.Options?.AllowedResponseCodes)?.Contains(Code) == true) return;
        var message = $"The server answered {Code} {Response.ReasonPhrase} to {Response.RequestMessage?.Method} {Uri}";
        if (allowFailed || context.Render(fields.Options?.AllowFailed, false))
        {
            context.Log(LogLevel.Warn, message);
            return;
        }
        var body = await TextAsync(cancellation);
        var shown = body.Length > MaxShown ? body[..MaxShown] + "…" : body;
        throw new TaskFailedException(shown.Length == 0 ? message : $"{message}: {shown}", Data.Map(("code", Code), ("headers", Headers), ("uri", Uri)));
    }

    /// <summary>The whole answer as text, in the character set it names.</summary>
    public async Task<string> TextAsync(CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        await CopyToAsync(content, context.Render(fields.Options?.MaxContentLength, 10L * 1024 * 1024), cancellation);
        var text = Charset().GetString(content.GetBuffer(), 0, (int)content.Length);
        HttpTrace.Body(fields.Options, context, text);
        return text;
    }

    /// <summary>Passes the answer on piece by piece. Errors: <see cref="TaskFailedException"/> beyond <paramref name="limit"/> bytes, or when the server falls silent.</summary>
    public async Task<long> CopyToAsync(Stream target, long limit, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var (buffer, total) = (new byte[65536], 0L);
        try
        {
            await using var source = await Response.Content.ReadAsStreamAsync(cancellation);
            while (true)
            {
                patience.CancelAfter(silence);
                var count = await source.ReadAsync(buffer, patience.Token);
                if (count == 0) return total;
                total += count;
                if (total > limit) throw new TaskFailedException($"The answer of {Uri} is longer than the {limit} bytes that `options.maxContentLength` allows.");
                await target.WriteAsync(buffer.AsMemory(0, count), cancellation);
            }
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TaskFailedException($"{Uri} fell silent for {Duration.Write(silence)} within its answer.", null, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new TaskFailedException($"The answer of {Uri} broke off: {e.Message}", null, e);
        }
    }

    public void Dispose() => Response.Dispose();

    private Encoding Charset()
    {
        var named = Response.Content.Headers.ContentType?.CharSet ?? context.Render(fields.Options?.DefaultCharset);
        try
        {
            return named is null ? Encoding.UTF8 : Encoding.GetEncoding(named.Trim('"'));
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
