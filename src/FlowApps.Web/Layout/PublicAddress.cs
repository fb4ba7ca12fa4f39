using System.Net;
using System.Net.Sockets;

namespace FlowApps.Web.Layout;

/// <summary>
/// The address that flows know as <c>kestra.url</c>. Set by <c>FlowApps:Url</c>; without it, it is where this server listens, seen from this machine. It has to be
/// known before the first flow runs, so a port left to chance ("0") is chosen here.
/// </summary>
public static class PublicAddress
{
    private const string Key = "FlowApps:Url";
    private const string Fallback = "http://localhost:5000";

    public static void Settle(ConfigurationManager configuration)
    {
        var listen = (configuration["urls"] ?? Fallback).Split(';')[0].Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal);
        if (!Uri.TryCreate(listen, UriKind.Absolute, out var address)) return;
        if (address.Port == 0)
        {
            address = new UriBuilder(address) { Port = FreePort() }.Uri;
            configuration["urls"] = address.GetLeftPart(UriPartial.Authority);
        }
        if (string.IsNullOrEmpty(configuration[Key]))
            configuration[Key] = address.GetLeftPart(UriPartial.Authority).Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
