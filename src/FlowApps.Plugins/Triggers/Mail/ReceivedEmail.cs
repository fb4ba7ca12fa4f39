using System.Globalization;
using System.Net.Mail;
using FlowApps.Plugins.Mail;

namespace FlowApps.Plugins.Triggers.Mail;

/// <summary>A letter as flows see it; its attachments are in internal storage.</summary>
internal static class ReceivedEmail
{
    private const int LongestBody = 1024 * 1024, LongestName = 100;

    public static async Task<IReadOnlyDictionary<string, object?>> ReadAsync(TaskContext context, long number, MimePart letter, bool isWhole, CancellationToken cancellation)
    {
        var leaves = isWhole ? letter.Leaves().ToList() : [];
        var attachments = new List<object?>();
        foreach (var part in leaves.Where(part => part.IsAttachment)) attachments.Add(await StoreAsync(context, number, attachments.Count, part, cancellation));
        var text = Body(leaves, "text/plain");
        var html = Body(leaves, "text/html");
        return Data.Map(
            ("subject", letter.Header("Subject")), ("from", Addresses(letter.Header("From")).FirstOrDefault()), ("to", Addresses(letter.Header("To"))), ("cc", Addresses(letter.Header("Cc"))),
            ("bcc", Addresses(letter.Header("Bcc"))), ("date", Date(letter.Header("Date"))), ("messageId", letter.Header("Message-ID")), ("body", text ?? html), ("html", html), ("attachments", attachments));
    }

    private static string? Body(List<MimePart> leaves, string type)
    {
        var text = leaves.FirstOrDefault(part => !part.IsAttachment && part.Type.Value == type)?.Text();
        return text?.Length > LongestBody ? text[..LongestBody] : text;
    }

    private static async Task<object?> StoreAsync(TaskContext context, long number, int index, MimePart part, CancellationToken cancellation)
    {
        var bytes = part.Content();
        // Several letters may have attachments of the same name, and a name may be anything.
        using var content = new MemoryStream(bytes);
        var uri = await context.PutFileAsync(string.Create(CultureInfo.InvariantCulture, $"{number}/{index}/{Plain(part.FileName)}"), content, cancellation);
        return Data.Map(("filename", part.FileName), ("contentType", part.Type.Value), ("size", bytes.Length), ("uri", uri));
    }

    /// <summary>A name that may stand in a path.</summary>
    private static string Plain(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var plain = new string([.. last.Where(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ' ').TakeLast(LongestName)]).Trim(' ', '.');
        return plain.Length == 0 ? "attachment" : plain;
    }

    private static List<object?> Addresses(string? header)
    {
        try
        {
            var list = new MailAddressCollection();
            if (!string.IsNullOrWhiteSpace(header)) list.Add(header);
            return [.. list.Select(address => address.Address)];
        }
        catch (FormatException)
        {
            return [header];
        }
    }

    private static string? Date(string? header)
    {
        // What stands in brackets, such as the zone's name, is a remark.
        var plain = header is null ? null : System.Text.RegularExpressions.Regex.Replace(header, @"\s*\([^)]*\)", "");
        return DateTimeOffset.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) : null;
    }
}
