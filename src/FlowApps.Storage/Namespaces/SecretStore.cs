using System.Collections;
using System.Text;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Storage.Documents;
using Microsoft.Extensions.Logging;

namespace FlowApps.Storage.Namespaces;

/// <summary>
/// Secrets: from the environment (SECRET_x, base64), then encrypted documents of the namespace and its parents (kestra-semantics 12.3), then those of an external manager,
/// for the namespace and its parents. Names are compared in upper case.
/// In lists those of the environment have the empty namespace.
/// </summary>
internal sealed class SecretStore : ISecretStore
{
    private const string Kind = "secret";
    private const string Prefix = "SECRET_";
    private readonly IDocumentStore documents;
    private readonly ICipher cipher;
    private readonly VaultSecrets vault;
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);

    public SecretStore(IDocumentStore documents, ICipher cipher, VaultSecrets vault, ILogger<SecretStore> logger) : this(documents, cipher, vault, logger, Environment.GetEnvironmentVariables()) { }

    internal SecretStore(IDocumentStore documents, ICipher cipher, VaultSecrets vault, ILogger<SecretStore> logger, IDictionary variables)
    {
        (this.documents, this.cipher, this.vault) = (documents, cipher, vault);
        foreach (DictionaryEntry variable in variables)
        {
            if (variable.Key is not string name || !name.StartsWith(Prefix, StringComparison.Ordinal) || variable.Value is not string encoded) continue;
            var text = encoded.ReplaceLineEndings("");
            var bytes = new byte[text.Length];
            if (Convert.TryFromBase64String(text, bytes, out var length)) environment[name[Prefix.Length..].ToUpperInvariant()] = Encoding.UTF8.GetString(bytes, 0, length);
            else logger.LogWarning("The environment variable {Name} is left out: a secret's value must be base64.", name);
        }
    }

    public string? Find(string ns, string key)
    {
        if (environment.TryGetValue(key.ToUpperInvariant(), out var value)) return value;
        return NamespacePath.WithParents(ns).Select(name => documents.Load<StoredSecret>(Kind, Id(name, key))).FirstOrDefault(found => found is not null) is { } secret
            ? cipher.Decrypt(secret.Value.Cipher)
            : NamespacePath.WithParents(ns).Select(name => vault.Of(name).GetValueOrDefault(key.ToUpperInvariant())).FirstOrDefault(found => found is not null);
    }

    public Task SetAsync(string ns, string key, string value, string? description, CancellationToken cancellation)
    {
        if (key.Length == 0 || key.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')))
            throw RefusedException.Invalid("invalid_key", $"The secret name '{key}' must have only letters, digits, '_', '-' and '.'.");
        var json = System.Text.Json.JsonSerializer.Serialize(new StoredSecret(cipher.Encrypt(value), description), Data.Json);
        return documents.WriteAsync([new DocumentWrite(Kind, Id(ns, key), json, null, ns)], cancellation);
    }

    public async Task<bool> DeleteAsync(string ns, string key, CancellationToken cancellation) =>
        await documents.LoadAsync<StoredSecret>(Kind, Id(ns, key), cancellation) is { } found && await documents.WriteAsync([new DocumentWrite(Kind, Id(ns, key), null, found.Version)], cancellation);

    public async Task<IReadOnlyList<(string Namespace, string Key)>> ListAsync(string ns, bool inherit, CancellationToken cancellation)
    {
        var names = new List<(string, string)>();
        foreach (var name in inherit ? NamespacePath.WithParents(ns) : [ns])
        {
            await foreach (var found in documents.AllAsync<StoredSecret>(Kind, new DocumentQuery(name), cancellation))
                names.Add((name, found.Id[(name.Length + 1)..]));
            names.AddRange(vault.Of(name).Keys.Where(key => !names.Contains((name, key))).Order(StringComparer.Ordinal).Select(key => (name, key)).ToList());
        }
        names.AddRange(environment.Keys.Order(StringComparer.Ordinal).Select(key => ("", key)));
        return names;
    }

    private static string Id(string ns, string key) => $"{ns}/{key.ToUpperInvariant()}";

    private sealed record StoredSecret(string Cipher, string? Description);
}
