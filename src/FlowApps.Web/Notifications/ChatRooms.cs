using System.Text.Json;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Notifications;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Notifications;

/// <summary>The chat rooms that are told. Their addresses must be on hosts that <c>FlowApps:Chat:Hosts</c> allows.</summary>
public sealed class ChatRooms(IDocumentStore documents, ICipher cipher, IConfiguration configuration, TimeProvider clock)
{
    private const string Kind = "chat-room";
    private static readonly string[] UsualHosts = ["hooks.slack.com", "*.webhook.office.com", "*.logic.azure.com", "*.api.powerplatform.com"];

    public IReadOnlyList<string> Hosts => configuration.GetSection("FlowApps:Chat:Hosts").Get<string[]>() is { Length: > 0 } hosts ? hosts : UsualHosts;

    public async Task<IReadOnlyList<(string Id, ChatRoom Room)>> AllAsync(CancellationToken cancellation) =>
        [.. (await documents.QueryAsync<ChatRoom>(Kind, new DocumentQuery(), new PageRequest(1, 1000), cancellation)).Results.Select(stored => (stored.Id, stored.Value))];

    /// <summary>The rooms of a namespace and of those above it.</summary>
    public async Task<IReadOnlyList<(string Id, ChatRoom Room)>> OfAsync(string ns, CancellationToken cancellation) =>
        [.. (await AllAsync(cancellation)).Where(pair => ns == pair.Room.Namespace || ns.StartsWith(pair.Room.Namespace + ".", StringComparison.Ordinal))];

    /// <summary>A room's address; null when the room was removed.</summary>
    public async Task<(ChatRoom Room, Uri Address)?> FindAsync(string id, CancellationToken cancellation) =>
        (await documents.LoadAsync<ChatRoom>(Kind, id, cancellation))?.Value is { } room ? (room, new Uri(cipher.Decrypt(room.EncryptedAddress))) : null;

    /// <summary>Errors: Invalid for an address outside the allowed hosts.</summary>
    public async Task AddAsync(string ns, Channel shape, string address, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(ns)) throw RefusedException.Invalid("namespace_missing", "Say whose questions the room hears: a namespace.");
        if (shape is not (Channel.Slack or Channel.Teams)) throw RefusedException.Invalid("not_a_chat", "A room is one of Slack or of Teams.");
        if (!Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) || !IsAllowed(uri))
            throw RefusedException.Invalid("address_not_allowed", $"The address must begin with https:// and be on one of {string.Join(", ", Hosts)}. More hosts are allowed by the setting FlowApps:Chat:Hosts.");
        var room = new ChatRoom(ns.Trim(), shape, uri.Host, cipher.Encrypt(uri.ToString()));
        await documents.WriteAsync([new DocumentWrite(Kind, Ids.New(clock), JsonSerializer.Serialize(room, Data.Json), ExpectedVersion: 0, Namespace: room.Namespace)], cancellation);
    }

    public Task RemoveAsync(string id, CancellationToken cancellation) => documents.WriteAsync([new DocumentWrite(Kind, id, null)], cancellation);

    /// <summary>Encrypted, unless the setting names a host with its plain scheme (http://localhost:9000).</summary>
    private bool IsAllowed(Uri address) => Hosts.Any(host => host.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        ? address.GetLeftPart(UriPartial.Authority).Equals(host.TrimEnd('/'), StringComparison.OrdinalIgnoreCase)
        : address.Scheme == Uri.UriSchemeHttps && (host.StartsWith("*.", StringComparison.Ordinal) ? address.Host.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase) : address.Host.Equals(host, StringComparison.OrdinalIgnoreCase)));
}
