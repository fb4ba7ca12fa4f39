using System.Text;
using FlowApps.Domain.Problems;

namespace FlowApps.Yaml.Text;

/// <summary>Looks at a text before any parser does: its size and its characters.</summary>
internal static class SourceGuard
{
    public static Problem? Check(string source, YamlLimits limits)
    {
        if (source.Length > limits.MaxBytes || Encoding.UTF8.GetByteCount(source) > limits.MaxBytes)
            return new Problem("too_large", $"The text is larger than {limits.MaxBytes / 1024} KiB.", null, 1, 1, "Move long scripts and data into namespace files.");
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (c == '\n')
            {
                line++;
                lineStart = i + 1;
            }
            else if (c < ' ' && c is not ('\t' or '\r') || c is >= '\u007f' and < '\u00a0' and not '\u0085')
            {
                return new Problem("bad_character", $"The text holds a control character (U+{(int)c:X4}).", null, line, i - lineStart + 1, "Remove it, or write it as an escape in double quotes.");
            }
            else if (char.IsSurrogate(c))
            {
                if (!char.IsHighSurrogate(c) || i + 1 == source.Length || !char.IsLowSurrogate(source[i + 1]))
                    return new Problem("bad_character", $"The text holds half a character (U+{(int)c:X4}): it is not valid Unicode.", null, line, i - lineStart + 1, "Save the text as UTF-8.");
                i++;
            }
        }
        return null;
    }
}
