using System.Globalization;
using System.Net;
using FlowApps.Plugins.Http;
using Npgsql;

namespace FlowApps.Plugins.Tasks.Sql;

/// <summary>A PostgreSQL address as flows write it. Always a host and never a socket: through its socket the product's own database trusts this process.</summary>
internal sealed record PostgresAddress(Uri Url)
{
    private const int Port = 5432;

    /// <summary>Errors: <see cref="TaskFailedException"/>.</summary>
    public static PostgresAddress Read(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && Uri.CheckHostName(address.Host.Trim('[', ']')) is not UriHostNameType.Unknown
            ? new PostgresAddress(address)
            : throw new TaskFailedException($"'{Shown(url)}' is not an address such as jdbc:postgresql://host:5432/name.");

    /// <summary>Without what may be a password.</summary>
    public static string Shown(string url) => url.LastIndexOf('@') is >= 0 and var at ? "…" + url[at..] : url;

    /// <summary>Errors: <see cref="TaskFailedException"/> for a denied host or an option that is none, <see cref="NpgsqlException"/> of the database.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string? username, string? password, OutboundPolicy policy, CancellationToken cancellation)
    {
        var settings = Settings(username, password);
        var host = Url.Host.Trim('[', ']');
        var addresses = await policy.AddressesAsync(host, cancellation);
        if (addresses.Length == 0) throw new TaskFailedException(OutboundPolicy.Denial(host));
        for (var tried = 1; ; tried++)
            try
            {
                return await ConnectAsync(settings, host, addresses[tried - 1], cancellation);
            }
            catch (NpgsqlException e) when (e is not PostgresException && tried < addresses.Length)
            {
                // The next address of the same host.
            }
    }

    private static async Task<NpgsqlConnection> ConnectAsync(NpgsqlConnectionStringBuilder settings, string host, IPAddress address, CancellationToken cancellation)
    {
        settings.Host = address.ToString();
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        // The connection goes to the address that was checked; the certificate is for the name.
        builder.UseSslClientAuthenticationOptionsCallback(options => options.TargetHost = host);
        await using var source = builder.Build();
        return await source.OpenConnectionAsync(cancellation);
    }

    private NpgsqlConnectionStringBuilder Settings(string? username, string? password)
    {
        var given = Url.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var settings = new NpgsqlConnectionStringBuilder
        {
            Port = Url.IsDefaultPort || Url.Port <= 0 ? Port : Url.Port,
            Database = Uri.UnescapeDataString(Url.AbsolutePath.TrimStart('/')),
            Username = username is { Length: > 0 } ? username : given[0],
            Password = password is { Length: > 0 } ? password : given.ElementAtOrDefault(1),
            Pooling = false,
            KeepAlive = 30,
            ApplicationName = "FlowApps",
        };
        if (string.IsNullOrEmpty(settings.Username)) throw new TaskFailedException("The database wants to know who asks: give username.");
        if (string.IsNullOrEmpty(settings.Database)) settings.Database = settings.Username;
        // Without one, the driver would look for the password of whoever runs this process (PGPASSWORD, .pgpass).
        if (string.IsNullOrEmpty(settings.Password)) settings.Password = "none";
        foreach (var option in Url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)) Set(settings, option.Split('=', 2));
        return settings;
    }

    private static void Set(NpgsqlConnectionStringBuilder settings, string[] option)
    {
        var value = Uri.UnescapeDataString(option.ElementAtOrDefault(1) ?? "");
        switch (option[0].ToLowerInvariant())
        {
            case "sslmode" when Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode): settings.SslMode = mode; break;
            case "ssl" when bool.TryParse(value, out var on): settings.SslMode = on ? SslMode.VerifyFull : SslMode.Disable; break;
            case "currentschema": settings.SearchPath = value; break;
            case "applicationname": settings.ApplicationName = value; break;
            case "connecttimeout" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds): settings.Timeout = Math.Min(seconds, 1024); break;
            default: throw new TaskFailedException($"The option {string.Join('=', option)} of the database's url is not known: sslmode, ssl, currentSchema, ApplicationName and connectTimeout are.");
        }
    }
}
