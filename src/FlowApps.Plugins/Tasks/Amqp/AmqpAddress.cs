using System.Globalization;
using System.Net.Sockets;
using FlowApps.Plugins.Http;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace FlowApps.Plugins.Tasks.Amqp;

/// <summary>Where a broker is and who asks, as flows write it.</summary>
internal sealed record AmqpAddress(string Host, int Port, string VirtualHost, string? Username, string? Password)
{
    private const int Plain = 5672, Tls = 5671;
    private const uint LargestMessage = 16 * 1024 * 1024;

    /// <summary>Errors: <see cref="TaskFailedException"/>.</summary>
    public static AmqpAddress Of(IAmqpFields fields, TaskContext context)
    {
        var (url, host) = (context.Render(fields.Url), context.Render(fields.Host));
        var (username, password, virtualHost) = (context.Render(fields.Username), context.Render(fields.Password), context.Render(fields.VirtualHost) ?? "/");
        if (url is { Length: > 0 }) return host is { Length: > 0 } ? throw new TaskFailedException("Give the broker's url or its host, not both.") : Read(url, virtualHost, username, password);
        if (host is not { Length: > 0 }) throw new TaskFailedException("The broker's host is missing.");
        return int.TryParse(context.Render(fields.Port), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? new AmqpAddress(host.Trim(), port, virtualHost, username, password)
            : throw new TaskFailedException($"'{context.Render(fields.Port)}' is not a port, such as {Plain}.");
    }

    /// <summary>Errors: <see cref="TaskFailedException"/> for a denied host, and with what the broker said.</summary>
    public async Task<IConnection> OpenAsync(OutboundPolicy policy, CancellationToken cancellation)
    {
        try
        {
            var addresses = await policy.AddressesAsync(Host, cancellation);
            if (addresses.Length == 0) throw new TaskFailedException(OutboundPolicy.Denial(Host));
            var factory = new ConnectionFactory
            {
                UserName = Username is { Length: > 0 } user ? user : ConnectionFactory.DefaultUser,
                Password = Password is { Length: > 0 } password ? password : ConnectionFactory.DefaultPass,
                VirtualHost = VirtualHost,
                MaxInboundMessageBodySize = LargestMessage,
                // Who listens begins anew: what was not acknowledged comes again, in order.
                AutomaticRecoveryEnabled = false,
                TopologyRecoveryEnabled = false,
                ClientProvidedName = "FlowApps",
            };
            // The connection goes to an address that was checked; the certificate is for the name.
            var endpoints = addresses.Select(address => new AmqpTcpEndpoint(address.ToString(), Port, new SslOption(Host, enabled: Port == Tls), LargestMessage) { AddressFamily = address.AddressFamily });
            return await factory.CreateConnectionAsync(endpoints, cancellation);
        }
        catch (BrokerUnreachableException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new TaskFailedException($"The broker at {Host}:{Port} does not let us in: {Innermost(e).Message}", null, e);
        }
        catch (SocketException e)
        {
            throw new TaskFailedException($"{Host} cannot be found: {e.Message}", null, e);
        }
    }

    private static AmqpAddress Read(string url, string virtualHost, string? username, string? password)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("amqp" or "amqps") || address.Host.Length == 0)
            throw new TaskFailedException("The broker's url is not one such as amqp://user:password@host:5672/virtual_host.");
        var given = address.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        return new AmqpAddress(
            address.Host.Trim('[', ']'), address.Port > 0 ? address.Port : address.Scheme == "amqps" ? Tls : Plain, address.AbsolutePath is "" or "/" ? virtualHost : Uri.UnescapeDataString(address.AbsolutePath),
            given[0].Length > 0 ? given[0] : username, given.ElementAtOrDefault(1) ?? password);
    }

    private static Exception Innermost(Exception e) => e is AggregateException { InnerExceptions: [.., var last] } ? Innermost(last) : e.InnerException is { } inner ? Innermost(inner) : e;
}
