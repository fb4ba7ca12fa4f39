using System.Text;
using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Numbers;

namespace FlowApps.Expressions.Filters;

/// <summary>Filters on text. Null stays null.</summary>
internal static class TextFilters
{
    public static IEnumerable<Filter> All =>
    [
        new("lower", "Text in lower case.", [], OnText(text => text.ToLowerInvariant()), "{{ 'Hello' | lower }}", "hello"),
        new("upper", "Text in upper case.", [], OnText(text => text.ToUpperInvariant()), "{{ 'Hello' | upper }}", "HELLO"),
        new("capitalize", "The first letter in upper case.", [], OnText(Capitalize), "{{ 'hello world' | capitalize }}", "Hello world"),
        new("title", "The first letter of every word in upper case.", [], OnText(Title), "{{ 'hello world' | title }}", "Hello World"),
        new("trim", "Text without white space around it.", [], OnText(Trim), "{{ '  hello ' | trim }}", "hello"),
        new("string", "The value as text.", [], (input, arguments) => input is null ? null : JavaText.Of(input, arguments.Evaluation), "{{ 5 | string ~ '%' }}", "5%"),
        new("abbreviate", "Text cut to a length, ending in dots.", ["length"], Abbreviate, "{{ 'hello world' | abbreviate(8) }}", "hello..."),
        new("replace", "Text with pieces replaced: a map of what to with what; regular expressions with regexp=true.", ["replace_pairs", "regexp?"], Replacing.Apply,
            "{{ 'I like A and B' | replace({'A': 'tea', 'B': 'cake'}) }}", "I like tea and cake"),
        new("split", "Text cut at a regular expression into a list.", ["delimiter", "limit?"], Splitting.Apply, "{{ 'a,b,c' | split(',') }}", "[\"a\",\"b\",\"c\"]"),
        new("startsWith", "Whether text starts with another.", ["value"], (input, arguments) => Compare(input, arguments, (text, part) => text.StartsWith(part, StringComparison.Ordinal)), "{{ 'hello' | startsWith('he') }}", "true"),
        new("endsWith", "Whether text ends with another.", ["value"], (input, arguments) => Compare(input, arguments, (text, part) => text.EndsWith(part, StringComparison.Ordinal)), "{{ 'hello' | endsWith('lo') }}", "true"),
        new("substringBefore", "Text before the first separator; all of it if there is none.", ["separator"], Cut((text, at, length) => text[..at], last: false, whenMissing: text => text), "{{ 'a.b.c' | substringBefore('.') }}", "a"),
        new("substringBeforeLast", "Text before the last separator; all of it if there is none.", ["separator"], Cut((text, at, length) => text[..at], last: true, whenMissing: text => text), "{{ 'a.b.c' | substringBeforeLast('.') }}", "a.b"),
        new("substringAfter", "Text after the first separator; nothing if there is none.", ["separator"], Cut((text, at, length) => text[(at + length)..], last: false, whenMissing: _ => ""), "{{ 'a.b.c' | substringAfter('.') }}", "b.c"),
        new("substringAfterLast", "Text after the last separator; nothing if there is none.", ["separator"], Cut((text, at, length) => text[(at + length)..], last: true, whenMissing: _ => ""), "{{ 'a.b.c' | substringAfterLast('.') }}", "c"),
        new("slugify", "Text as it may stand in a URL.", [], OnText(Slugify), "{{ 'Hello World, foo' | slugify }}", "hello-world-foo"),
        new("condenseString", "Text without line breaks.", [], OnText(text => text.Replace("\n", "", StringComparison.Ordinal)), "{{ \"a\nb\" | condenseString }}", "ab"),
        new("indent", "Every line but the first moved to the right.", ["amount", "prefix?"], (input, arguments) => Indent(input, arguments, isNew: false), "{{ \"a\nb\" | indent(2) }}", "a\n  b"),
        new("nindent", "A line break, then every line moved to the right.", ["amount", "prefix?"], (input, arguments) => Indent(input, arguments, isNew: true), "{{ 'a' | nindent(2) }}", "\n  a"),
        new("escapeChar", "Quotes escaped for 'single' or 'double' quoted text or for the 'shell'; also in lists and maps.", ["type"], EscapeChar, "{{ \"it's\" | escapeChar('single') }}", "it\\'s"),
    ];

    private static FilterBody OnText(Func<string, string> change) => (input, arguments) =>
    {
        if (input is null) return null;
        var text = JavaText.Of(input, arguments.Evaluation);
        arguments.Evaluation.BurnText(text.Length);
        return change(text);
    };

    private static string Capitalize(string text)
    {
        var at = text.Length - text.AsSpan().TrimStart().Length;
        return at == text.Length ? text : string.Concat(text.AsSpan(0, at), char.ToUpperInvariant(text[at]).ToString(), text.AsSpan(at + 1));
    }

    private static string Title(string text)
    {
        var title = text.ToCharArray();
        for (var i = 0; i < title.Length; i++)
            if (i == 0 || char.IsWhiteSpace(title[i - 1])) title[i] = char.ToUpperInvariant(title[i]);
        return new string(title);
    }

    /// <summary>Java's trim: everything up to the space character.</summary>
    private static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && text[start] <= ' ') start++;
        while (end > start && text[end - 1] <= ' ') end--;
        return text[start..end];
    }

    private static object? Abbreviate(object? input, Arguments arguments)
    {
        if (input is null) return null;
        var text = JavaText.Of(input, arguments.Evaluation);
        var most = arguments.Whole(0);
        if (most < 0) throw new ExpressionException("Invalid argument to abbreviate filter; must be greater than zero");
        // Pebble shortens text that has exactly this length, too.
        if (text.Length < most || text.Length <= 3) return text;
        return most <= 3 ? text[..(int)most] : text[..(int)(most - 3)] + "...";
    }

    private static object? Compare(object? input, Arguments arguments, Func<string, string, bool> holds) =>
        input is null ? null : holds(JavaText.Of(input, arguments.Evaluation), arguments.Text(0));

    private static FilterBody Cut(Func<string, int, int, string> cut, bool last, Func<string, string> whenMissing) => (input, arguments) =>
    {
        if (input is null) return null;
        var text = JavaText.Of(input, arguments.Evaluation);
        var separator = arguments.Text(0);
        var at = last ? text.LastIndexOf(separator, StringComparison.Ordinal) : text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? whenMissing(text) : cut(text, at, separator.Length);
    };

    private static string Slugify(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if ((char.IsWhiteSpace(c) || c is '-' or '_') && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        return slug.ToString().TrimEnd('-');
    }

    private static object? Indent(object? input, Arguments arguments, bool isNew)
    {
        if (input is null) return null;
        var text = JavaText.Of(input, arguments.Evaluation);
        if (text.Length == 0) return text;
        var amount = arguments.Whole(0);
        if (amount < 0) throw new ExpressionException($"The '{arguments.Name}' filter expects a positive integer >=0 as argument 'amount'.");
        var prefix = arguments.OptionalText(1) ?? " ";
        var newLine = LineBreakOf(text);
        if (isNew) text = newLine + text;
        var indent = (Int128)amount * prefix.Length;
        var length = text.Length + (indent * text.AsSpan().Count(newLine));
        arguments.Evaluation.BurnText(length > int.MaxValue || indent > int.MaxValue ? int.MaxValue : (long)length);
        return text.Replace(newLine, newLine + new StringBuilder().Insert(0, prefix, (int)amount), StringComparison.Ordinal);
    }

    private static string LineBreakOf(string text) =>
        text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n"
        : text.Contains("\n\r", StringComparison.Ordinal) ? "\n\r"
        : text.Contains('\n') || !text.Contains('\r') ? "\n" : "\r";

    private static object? EscapeChar(object? input, Arguments arguments)
    {
        if (input is null) return null;
        var (quote, escaped) = arguments.Text(0).ToLowerInvariant() switch
        {
            "single" => ("'", "\\'"),
            "double" => ("\"", "\\\""),
            "shell" => ("'", "'\\''"),
            _ => throw new ExpressionException("The 'escapeChar' filter expects the value of 'type' to be either 'single', 'double', or 'shell'."),
        };
        var evaluation = arguments.Evaluation;
        string Escape(object? value)
        {
            var text = JavaText.Of(value, evaluation).Replace(quote, escaped, StringComparison.Ordinal);
            evaluation.BurnText(text.Length);
            return text;
        }
        return input is string
            ? Escape(input)
            : Rendering.Deep.Map(input, key => key, Escape) is var mapped && mapped is IReadOnlyDictionary<string, object?> or IReadOnlyList<object?> ? mapped : Escape(input);
    }
}
