namespace FlowApps.Yaml.Tests.Fixtures;

/// <summary>Texts that are nearly right: a seed, changed in a few places.</summary>
public static class Mutations
{
    private static readonly string[] Pieces =
    [
        "[", "]", "{", "}", ": ", "- ", "? ", "& ", "*a", "&a ", "!!str ", "!x ", "|", ">", "\"", "'", "#", "%", "@", "`", "\n", "\n\n", "  ", "\t", "---\n", "...\n", "<<: ", "null", "~", "yes", "0x", ".inf", "{{ x }}",
        "\0", "\ud83d", "é", "\ufeff", "\u2028", ",", "id: ", "type: ", "tasks:\n", "\r", "\\", "1e999", "99999999999999999999",
    ];

    public static string Of(string seed, Random random)
    {
        var text = seed;
        for (var i = random.Next(1, 5); i > 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 12), text.Length - at);
            text = random.Next(6) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 => text.Insert(at, text.Substring(at, length)),
                3 => text.Remove(at, 1).Insert(at, ((char)random.Next(32, 127)).ToString()),
                4 => SwapLines(text, random),
                _ => text.Insert(at, string.Concat(Enumerable.Repeat(Pieces[random.Next(Pieces.Length)], random.Next(1, 200)))),
            };
        }
        return text;
    }

    private static string SwapLines(string text, Random random)
    {
        var lines = text.Split('\n');
        var (a, b) = (random.Next(lines.Length), random.Next(lines.Length));
        (lines[a], lines[b]) = (lines[b], lines[a]);
        return string.Join('\n', lines);
    }
}
