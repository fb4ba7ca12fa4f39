using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using FlowApps.Domain.Problems;
using Microsoft.Extensions.Configuration;

namespace FlowApps.Storage.Namespaces;

/// <summary>
/// Secrets of an external manager that speaks version 2 of Vault's key-value HTTP API. A namespace is one secret there: <c>company.team</c> is
/// <c>{mount}/data/{folder}/company/team</c>, and its keys are the names. Only read, and asked for again after half a minute. Settings:
/// <c>FlowApps:Secrets:Vault:Address</c>, <c>:Token</c>, <c>:Mount</c> (secret) and <c>:Folder</c> (none); without an address there are none.
/// </summary>
internal sealed class VaultSecrets(Uri? address, string token, string mount, string folder, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30), Patience = TimeSpan.FromSeconds(10);
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, IReadOnlyDictionary<string, string> Values)> known = new(StringComparer.Ordinal);
    private readonly HttpClient http = new() { Timeout = Patience, MaxResponseContentBufferSize = 1024 * 1024 };

    /// <summary>Errors: <see cref="InvalidOperationException"/> for an address that is none, or without a token.</summary>
    public static VaultSecrets From(IConfiguration? configuration, TimeProvider clock)
    {
        var settings = configuration?.GetSection("FlowApps:Secrets:Vault");
        if (settings?["Address"] is not { Length: > 0 } text) return new VaultSecrets(null, "", "", "", clock);
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new InvalidOperationException($"FlowApps:Secrets:Vault:Address must be an address such as https://vault.example.com:8200, not '{text}'.");
        var token = settings["Token"] is { Length: > 0 } given ? given : throw new InvalidOperationException("FlowApps:Secrets:Vault:Token is missing.");
        return new VaultSecrets(address, token, settings["Mount"] is { Length: > 0 } mount ? mount : "secret", settings["Folder"] ?? "", clock);
    }

    /// <summary>Of the namespace alone, names in upper case. Errors: Unavailable when the manager does not answer or refuses.</summary>
    public IReadOnlyDictionary<string, string> Of(string ns)
    {
        if (address is null) return None;
        var now = clock.GetUtcNow();
        if (known.TryGetValue(ns, out var answer) && answer.Until > now) return answer.Values;
        var values = Ask(ns);
        known[ns] = (now + Fresh, values);
        return values;
    }

    public void Dispose() => http.Dispose();

    private IReadOnlyDictionary<string, string> Ask(string ns)
    {
        var path = string.Join('/', new[] { "v1", mount, "data", folder.Trim('/') }.Where(part => part.Length > 0).Concat(ns.Split('.').Select(Uri.EscapeDataString)));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address!, path));
        request.Headers.Add("X-Vault-Token", token);
        try
        {
            using var response = http.Send(request);
            if (response.StatusCode is HttpStatusCode.NotFound) return None;
            if (!response.IsSuccessStatusCode) throw Unavailable($"answered {(int)response.StatusCode} to {path}; has its token the right to read that?");
            using var content = response.Content.ReadAsStream();
            using var body = JsonDocument.Parse(content);
            return body.RootElement.GetProperty("data").GetProperty("data").EnumerateObject()
                .ToDictionary(value => value.Name.ToUpperInvariant(), value => value.Value.ValueKind is JsonValueKind.String ? value.Value.GetString()! : value.Value.GetRawText());
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Unavailable($"cannot be read at {path}: {e.Message}");
        }
    }

    private RefusedException Unavailable(string why) => new(RefusalKind.Unavailable, "secrets_unavailable", $"The secret manager at {address} {why}");
}
