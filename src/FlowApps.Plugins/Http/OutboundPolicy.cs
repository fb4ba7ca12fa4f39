using System.Net;
using Microsoft.Extensions.Configuration;

namespace FlowApps.Plugins.Http;

/// <summary>
/// Which addresses flows may reach, over HTTP and as databases. <c>FlowApps:Outbound:Deny</c> and <c>:Allow</c> are lists of networks (10.0.0.0/8), addresses, or the word <c>private</c>
/// (loopback, private and link-local networks); what is allowed wins. Link-local addresses, where clouds keep their credentials, are always denied unless allowed by name.
/// </summary>
public sealed class OutboundPolicy
{
    private static readonly string[] LinkLocal = ["169.254.0.0/16", "fe80::/10", "fd00:ec2::254/128"];

    private static readonly string[] Private =
        ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "0.0.0.0/8", "::/128", "fc00::/7", .. LinkLocal];

    private readonly IReadOnlyList<IPNetwork> denied, allowed;

    public OutboundPolicy(IEnumerable<string> deny, IEnumerable<string> allow)
    {
        denied = [.. deny.Concat(LinkLocal).SelectMany(Networks)];
        allowed = [.. allow.SelectMany(Networks)];
    }

    /// <summary>Errors: <see cref="FormatException"/> for an entry that is no network.</summary>
    public static OutboundPolicy From(IConfiguration? configuration) =>
        new(Entries(configuration, "FlowApps:Outbound:Deny"), Entries(configuration, "FlowApps:Outbound:Allow"));

    public bool Permits(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowed.Any(network => network.Contains(plain)) || !denied.Any(network => network.Contains(plain));
    }

    /// <summary>The addresses of a host (a name or an address) that may be reached; a connection must go to one of these, and not look the name up again.</summary>
    public async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation);
        return [.. addresses.Where(Permits)];
    }

    /// <summary>What to tell the author of a flow.</summary>
    public static string Denial(string host) => $"Flows may not reach {host} (FlowApps:Outbound denies its address).";

    private static IEnumerable<string> Entries(IConfiguration? configuration, string key) =>
        configuration?.GetSection(key).GetChildren().Select(child => child.Value).OfType<string>() ?? [];

    private static IEnumerable<IPNetwork> Networks(string entry)
    {
        if (entry.Trim() == "private") return Private.Select(network => IPNetwork.Parse(network));
        if (entry.Contains('/', StringComparison.Ordinal)) return [IPNetwork.Parse(entry.Trim())];
        var address = IPAddress.Parse(entry.Trim());
        return [new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)];
    }
}
