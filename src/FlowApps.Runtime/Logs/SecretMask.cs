using System.Collections.Immutable;
using System.Net;
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
    private ImmutableArray<(string Text, string Stars)> forms = [];

    public bool IsEmpty => forms.IsEmpty;

    /// <summary>A secret of the secret store.</summary>
    public void Add(string? secret) => Add(secret, "******");

    /// <summary>The value of a SECRET input or an encrypted output.</summary>
    public void AddInput(string? secret) => Add(secret, "********");

    public string Apply(string text)
    {
        foreach (var (form, stars) in forms) text = text.Replace(form, stars, StringComparison.Ordinal);
        return text;
    }

    private void Add(string? secret, string stars)
    {
        if (string.IsNullOrWhiteSpace(secret) || forms.Any(form => form.Text == secret)) return;
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in secret.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length > 3).Append(secret))
        {
            found.Add(text);
            if (text.Length > 2) found.UnionWith(Encodings(text));
        }
        // The longest first, so that a part never breaks up the whole.
        found.ExceptWith(forms.Select(form => form.Text));
        ImmutableInterlocked.InterlockedExchange(ref forms, [.. forms.Concat(found.Select(text => (Text: text, Stars: stars))).OrderByDescending(form => form.Text.Length)]);
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
        yield return WebUtility.HtmlEncode(text);
    }
}
