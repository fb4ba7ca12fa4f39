using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using System.Xml.Linq;

namespace FlowApps.Testing.Servers;

/// <summary>
/// A small store of objects in memory that speaks S3 over HTTP: put, get, head, copy, delete, list. Every request must be signed (AWS Signature Version 4) with the one key that it
/// knows, and its body must have the hash that was signed; anything else is answered 403.
/// </summary>
public sealed class S3Server : IDisposable
{
    public const string AccessKey = "AKIATEST";
    public const string SecretKey = "a-secret-key-of-the-test";
    private static readonly XNamespace Xml = "http://s3.amazonaws.com/doc/2006-03-01/";
    private readonly HttpListener listener = new();

    public S3Server()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        listener.Prefixes.Add(Address.ToString());
        listener.Start();
        _ = ServeAsync();
    }

    public sealed record Stored(byte[] Content, string ETag, DateTimeOffset Modified, string? ContentType, IReadOnlyDictionary<string, string> Metadata);

    public Uri Address { get; }

    /// <summary>By <c>bucket/key</c>.</summary>
    public ConcurrentDictionary<string, Stored> Objects { get; } = new();

    /// <summary>How many requests were refused for their signature.</summary>
    public int Refused { get; private set; }

    public void Put(string bucket, string key, string text) => Objects[$"{bucket}/{key}"] = New(Encoding.UTF8.GetBytes(text), null, new Dictionary<string, string>());

    public string? Text(string bucket, string key) => Objects.TryGetValue($"{bucket}/{key}", out var stored) ? Encoding.UTF8.GetString(stored.Content) : null;

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var response = context.Response;
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        if (!IsSigned(context.Request, body.ToArray()))
        {
            Refused++;
            await FailAsync(response, 403, "SignatureDoesNotMatch");
            return;
        }
        var (path, query) = (Uri.UnescapeDataString(context.Request.RawUrl!.Split('?')[0]).TrimStart('/'), HttpUtility.ParseQueryString(context.Request.Url!.Query));
        if (!path.TrimEnd('/').Contains('/', StringComparison.Ordinal) && context.Request.HttpMethod == "GET") await ListAsync(response, path.TrimEnd('/'), query);
        else await ObjectAsync(context.Request, response, path, body.ToArray());
    }

    private async Task ObjectAsync(HttpListenerRequest request, HttpListenerResponse response, string path, byte[] body)
    {
        switch (request.HttpMethod)
        {
            case "PUT" when request.Headers["x-amz-copy-source"] is { } from:
                if (!Objects.TryGetValue(Uri.UnescapeDataString(from).TrimStart('/'), out var original))
                {
                    await FailAsync(response, 404, "NoSuchKey");
                    return;
                }
                Objects[path] = original with { Modified = DateTimeOffset.UtcNow };
                await WriteAsync(response, new XElement(Xml + "CopyObjectResult", new XElement(Xml + "ETag", original.ETag), new XElement(Xml + "LastModified", Time(DateTimeOffset.UtcNow))));
                return;
            case "PUT":
                var metadata = request.Headers.AllKeys.OfType<string>().Where(name => name.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase)).ToDictionary(name => name.ToLowerInvariant(), name => request.Headers[name]!);
                Objects[path] = New(body, request.ContentType, metadata);
                response.Headers["ETag"] = Objects[path].ETag;
                return;
            case "GET" or "HEAD" when Objects.TryGetValue(path, out var found):
                response.Headers["ETag"] = found.ETag;
                response.Headers["Last-Modified"] = found.Modified.ToString("R", CultureInfo.InvariantCulture);
                response.ContentType = found.ContentType ?? "binary/octet-stream";
                foreach (var (name, value) in found.Metadata) response.Headers[name] = value;
                response.ContentLength64 = found.Content.Length;
                if (request.HttpMethod == "GET") await response.OutputStream.WriteAsync(found.Content);
                return;
            case "DELETE":
                Objects.TryRemove(path, out _);
                response.StatusCode = 204;
                return;
            default:
                await FailAsync(response, 404, "NoSuchKey");
                return;
        }
    }

    private async Task ListAsync(HttpListenerResponse response, string bucket, NameValueCollection query)
    {
        var (prefix, delimiter, most) = (query["prefix"] ?? "", query["delimiter"] ?? "", int.Parse(query["max-keys"] ?? "1000", CultureInfo.InvariantCulture));
        var after = query["continuation-token"] ?? query["start-after"] ?? "";
        var (entries, folders, last, cut) = (new List<XElement>(), new SortedSet<string>(StringComparer.Ordinal), "", false);
        foreach (var (path, stored) in Objects.Where(entry => entry.Key.StartsWith($"{bucket}/{prefix}", StringComparison.Ordinal)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var key = path[(bucket.Length + 1)..];
            var at = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            var shown = at < 0 ? key : key[..(at + 1)];
            if (string.CompareOrdinal(shown, after) <= 0 || folders.Contains(shown)) continue;
            if (entries.Count + folders.Count == most)
            {
                cut = true;
                break;
            }
            last = shown;
            if (at >= 0) folders.Add(shown);
            else entries.Add(new XElement(Xml + "Contents", new XElement(Xml + "Key", key), new XElement(Xml + "Size", stored.Content.Length), new XElement(Xml + "ETag", stored.ETag), new XElement(Xml + "LastModified", Time(stored.Modified))));
        }
        await WriteAsync(response, new XElement(Xml + "ListBucketResult", new XElement(Xml + "Name", bucket), new XElement(Xml + "IsTruncated", cut), cut ? new XElement(Xml + "NextContinuationToken", last) : null,
            entries, folders.Select(folder => new XElement(Xml + "CommonPrefixes", new XElement(Xml + "Prefix", folder)))));
    }

    /// <summary>Computes the signature anew from what came over the wire.</summary>
    private static bool IsSigned(HttpListenerRequest request, byte[] body)
    {
        if (request.Headers["Authorization"] is not { } given || !given.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal)) return false;
        var fields = given["AWS4-HMAC-SHA256 ".Length..].Split(',').Select(field => field.Trim().Split('=', 2)).ToDictionary(field => field[0], field => field[1]);
        var (credential, signed) = (fields["Credential"].Split('/'), fields["SignedHeaders"].Split(';'));
        var hash = request.Headers["x-amz-content-sha256"];
        if (credential[0] != AccessKey || hash != Hex(SHA256.HashData(body))) return false;
        var path = request.RawUrl!.Split('?')[0];
        var query = string.Join('&', request.RawUrl!.Split('?').Skip(1).SelectMany(text => text.Split('&')).Select(part => part.Contains('=', StringComparison.Ordinal) ? part : part + "=").Order(StringComparer.Ordinal));
        var headers = string.Concat(signed.Select(name => $"{name}:{(name == "host" ? request.UserHostName : request.Headers[name])?.Trim()}\n"));
        var canonical = $"{request.HttpMethod}\n{path}\n{query}\n{headers}\n{string.Join(';', signed)}\n{hash}";
        var scope = string.Join('/', credential.Skip(1));
        var text = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = credential.Skip(1).Aggregate(Encoding.UTF8.GetBytes("AWS4" + SecretKey), (secret, part) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))) == fields["Signature"];
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "S3 marks contents by their MD5, and clients check it.")]
    private static Stored New(byte[] content, string? type, IReadOnlyDictionary<string, string> metadata) =>
        new(content, $"\"{Hex(MD5.HashData(content))}\"", DateTimeOffset.UtcNow, type, metadata);

    private static async Task WriteAsync(HttpListenerResponse response, XElement answer)
    {
        response.ContentType = "application/xml";
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>{answer}"));
    }

    private static async Task FailAsync(HttpListenerResponse response, int status, string code)
    {
        response.StatusCode = status;
        await WriteAsync(response, new XElement("Error", new XElement("Code", code), new XElement("Message", $"The test's store says {code}.")));
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
