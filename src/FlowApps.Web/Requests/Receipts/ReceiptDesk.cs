using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Requests.Receipts;

/// <summary>Gives receipts for requests that came through a public form, and shows requests to those who hold one. Kept for 90 days.</summary>
public sealed class ReceiptDesk(IDocumentStore documents, RequestDesk requests, TimeProvider clock)
{
    private const string Kind = "receipt";
    private const int TokenBytes = 18;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>The token of a new receipt: 144 random bits, safe in an address.</summary>
    public async Task<string> GiveAsync(string executionId, CancellationToken cancellation)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        await documents.WriteAsync([new DocumentWrite(Kind, token, JsonSerializer.Serialize(new Receipt(executionId), Data.Json), ExpiresAt: clock.GetUtcNow() + Kept)], cancellation);
        return token;
    }

    /// <summary>Errors: NotFound.</summary>
    public async Task<RequestView> OpenAsync(string token, CancellationToken cancellation)
    {
        var receipt = (await documents.LoadAsync<Receipt>(Kind, token, cancellation))?.Value ?? throw RefusedException.NotFound("There is no such receipt, or its time is over.");
        // Files are named; to fetch them one has to be signed in.
        return await requests.OpenUncheckedAsync(receipt.ExecutionId, cancellation) with { Files = null };
    }
}
