namespace FlowApps.Yaml.Binding;

internal enum IdKind { Flow, Namespace, Task, Trigger, Input, Output, App }

/// <summary>The patterns and lengths of ids (kestra-semantics 1.1, 2.1, 3.1).</summary>
internal static class Identifiers
{
    /// <summary>What is wrong with an id; null when nothing is.</summary>
    public static string? Problem(string id, IdKind kind)
    {
        var (pattern, others, longest) = kind switch
        {
            IdKind.Flow => ("^[a-zA-Z0-9][a-zA-Z0-9._-]*", "._-", 100),
            IdKind.Namespace => ("^[a-z0-9][a-z0-9._-]*", "._-", 150),
            IdKind.Input or IdKind.Output => ("^[a-zA-Z0-9][.a-zA-Z0-9_-]*", "._-", 256),
            IdKind.Task or IdKind.Trigger or IdKind.App => ("^[a-zA-Z0-9][a-zA-Z0-9_-]*", "_-", 256),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
        if (id.Length == 0) return $"must not be empty, and must match \"{pattern}\"";
        if (id.Length > longest) return $"size must be between 1 and {longest}, but is {id.Length}";
        var upper = kind != IdKind.Namespace;
        var fits = Plain(id[0], upper) && id.All(c => Plain(c, upper) || others.Contains(c, StringComparison.Ordinal));
        return fits ? null : $"'{id}' must match \"{pattern}\": {(upper ? "letters" : "small letters")} and digits, after the first also {string.Join(' ', others.ToCharArray())}";
    }

    private static bool Plain(char c, bool upper) => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c) || upper && char.IsAsciiLetterUpper(c);
}
