using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FlowApps.Runtime.Logs;

/// <summary>
/// The secrets that one run has seen, in every common encoding. Whatever leaves the run as a log line goes through <see cref="Apply"/>.
/// The mask has one length, so it does not tell the secret's.
/// </summary>
internal sealed class SecretMask
{
    private const string Stars = "******";
    private ImmutableArray<string> forms = [];

    public bool IsEmpty => forms.IsEmpty;

    public void Add(string? secret)
    {
        if (string.IsNullOrWhiteSpace(secret) || forms.Contains(secret)) return;
        var found = new HashSet<string>(forms, StringComparer.Ordinal);
        foreach (var text in secret.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length > 3).Append(secret))
        {
            found.Add(text);
            if (text.Length > 2) found.UnionWith(Encodings(text));
        }
        // The longest first, so that a part never breaks up the whole.
        ImmutableInterlocked.InterlockedExchange(ref forms, [.. found.OrderByDescending(form => form.Length)]);
    }

    public string Apply(string text)
    {
        foreach (var form in forms) text = text.Replace(form, Stars, StringComparison.Ordinal);
        return text;
    }

    private static IEnumerable<string> Encodings(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var base64 = Convert.ToBase64String(bytes);
        yield return base64;
        yield return base64.TrimEnd('=');
        yield return base64.TrimEnd('=').Replace('+', '-').Replace('/', '_');
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);
        yield return Uri.EscapeDataString(text);
        yield return Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
        yield return JsonEncodedText.Encode(text).ToString();
        yield return JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        yield return HtmlEncoder.Default.Encode(text);
    }
}
