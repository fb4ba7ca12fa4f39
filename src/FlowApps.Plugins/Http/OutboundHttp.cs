using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using FlowApps.Domain.Http;

namespace FlowApps.Plugins.Http;

/// <summary>HTTP for flows: one connection pool per settings; a name is resolved once and the connection goes to the address that was checked.</summary>
internal sealed class OutboundHttp(OutboundPolicy policy) : IHttp, IDisposable
{
    private const int MaxPools = 100;
    private readonly ConcurrentDictionary<HttpSettings, HttpMessageInvoker> pools = new();

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpSettings settings, CancellationToken cancellation)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            throw new HttpRequestException($"'{request.RequestUri}' is not an http or https address.");
        try
        {
            return await Pool(settings).SendAsync(request, cancellation);
        }
        catch (HttpRequestException e) when (e.InnerException is HttpRequestException denied)
        {
            throw denied;
        }
        catch (SocketException e)
        {
            // Thrown bare when the other side goes away between connecting and the first byte.
            throw new HttpRequestException($"{request.RequestUri.Host} closed the connection: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        foreach (var pool in pools.Values) pool.Dispose();
    }

    private HttpMessageInvoker Pool(HttpSettings settings)
    {
        if (pools.TryGetValue(settings, out var pool)) return pool;
        if (pools.Count >= MaxPools) throw new HttpRequestException($"More than {MaxPools} different HTTP settings are in use.");
        return pools.GetOrAdd(settings, chosen => new HttpMessageInvoker(Handler(chosen)));
    }

    private SocketsHttpHandler Handler(HttpSettings settings)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = settings.FollowRedirects,
            MaxAutomaticRedirections = 10,
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
            ConnectTimeout = settings.ConnectTimeout ?? TimeSpan.FromSeconds(15),
            PooledConnectionIdleTimeout = settings.PoolIdleTimeout ?? TimeSpan.FromMinutes(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            UseProxy = settings.Proxy is not null,
        };
        if (settings.Proxy is { } proxy)
            handler.Proxy = new WebProxy(proxy) { Credentials = settings.ProxyUsername is null ? null : new NetworkCredential(settings.ProxyUsername, settings.ProxyPassword) };
        if (settings.TrustAllCertificates) handler.SslOptions = Trusting();
        handler.ConnectCallback = ConnectAsync;
        return handler;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var target = context.DnsEndPoint;
        var permitted = await policy.AddressesAsync(target.Host, cancellation);
        if (permitted.Length == 0) throw new HttpRequestException(OutboundPolicy.Denial(target.Host));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(permitted, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5359", Justification = "The flow's author asks for it, for one request.")]
    private static SslClientAuthenticationOptions Trusting() => new() { RemoteCertificateValidationCallback = (_, _, _, _) => true };
}
