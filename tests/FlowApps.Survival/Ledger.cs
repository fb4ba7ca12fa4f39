using System.Net;

namespace FlowApps.Survival;

/// <summary>The outside world: an HTTP service that writes down every side effect with the idempotency key it came with, before it answers.</summary>
internal sealed class Ledger : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Journal journal;
    private readonly Task answering;

    public Ledger(string path)
    {
        journal = new Journal(path);
        Address = Listen();
        answering = AnswerAsync();
    }

    public Uri Address { get; }

    /// <summary>Key and body of every call, in order.</summary>
    public IReadOnlyList<(string Key, string Body)> Calls => [.. journal.Lines.Select(line => (line[0], line[1]))];

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await answering;
        journal.Dispose();
    }

    private Uri Listen()
    {
        for (var tries = 0; ; tries++)
        {
            var address = $"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}/";
            try
            {
                listener.Prefixes.Clear();
                listener.Prefixes.Add(address);
                listener.Start();
                return new Uri(address);
            }
            catch (HttpListenerException) when (tries < 50)
            {
                // Somebody has that port.
            }
        }
    }

    private async Task AnswerAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var call = await listener.GetContextAsync();
                using var reader = new StreamReader(call.Request.InputStream);
                var body = await reader.ReadToEndAsync();
                if (call.Request.HttpMethod == "POST") journal.Write(call.Request.Headers["Idempotency-Key"] ?? "none", body);
                call.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The caller was killed, or the ledger ends.
            }
        }
    }
}
