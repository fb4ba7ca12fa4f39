using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace FlowApps.Web.Look;

/// <summary>
/// Markdown for pages: raw HTML is text, and a link or image goes only where an allow-listed scheme leads; anything else is shown as its words.
/// The check is made on the syntax tree, as the library itself lets <c>javascript:</c> through.
/// </summary>
public static class SafeMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().UseTaskLists().UseEmphasisExtras().Build();
    private static readonly string[] Schemes = ["https", "http", "mailto", "tel"];

    public static string ToHtml(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (IsAllowed(link.Url)) Harden(link);
            else Unlink(link);
        }
        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsAllowed(link.Url)).ToList())
            link.ReplaceBy(new LiteralInline(link.Url));
        using var text = new StringWriter();
        var renderer = new HtmlRenderer(text);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return text.ToString();
    }

    /// <summary>The words alone, in one line: for places that have room for a sentence. Code and links are their words.</summary>
    public static string ToWords(string? markdown)
    {
        if (string.IsNullOrWhiteSpace(markdown)) return "";
        var words = new System.Text.StringBuilder();
        foreach (var block in Markdown.Parse(markdown, Pipeline).Descendants<LeafBlock>())
        {
            if (block is CodeBlock box) words.Append(box.Lines.ToString());
            foreach (var inline in block.Inline?.Descendants() ?? [])
                _ = inline switch
                {
                    LiteralInline literal => words.Append(literal.Content),
                    CodeInline code => words.Append(code.Content),
                    AutolinkInline link => words.Append(link.Url),
                    HtmlEntityInline entity => words.Append(entity.Transcoded),
                    LineBreakInline => words.Append(' '),
                    _ => words,
                };
            words.Append(' ');
        }
        return string.Join(' ', words.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Text put between Markdown of the author: every sign that Markdown would read is escaped.</summary>
    public static string Escape(string text)
    {
        var escaped = new System.Text.StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (c is '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '<' or '>' or '(' or ')' or '#' or '+' or '-' or '!' or '|' or '~') escaped.Append('\\');
            escaped.Append(c is '\n' or '\r' ? ' ' : c);
        }
        return escaped.ToString();
    }

    public static bool IsAllowed(string? url)
    {
        if (string.IsNullOrWhiteSpace(url)) return false;
        var trimmed = url.Trim();
        if (trimmed.Any(char.IsControl) || trimmed.StartsWith("//", StringComparison.Ordinal) || trimmed.Contains('\\', StringComparison.Ordinal)) return false;
        var end = trimmed.AsSpan().IndexOfAny(":/?#");
        return end < 0 || trimmed[end] != ':' || Schemes.Contains(trimmed[..end], StringComparer.OrdinalIgnoreCase);
    }

    private static void Harden(LinkInline link)
    {
        if (link.IsImage || !link.Url!.Contains("://", StringComparison.Ordinal)) return;
        link.GetAttributes().AddPropertyIfNotExist("rel", "noopener noreferrer");
    }

    private static void Unlink(LinkInline link)
    {
        var words = string.Concat(link.Descendants<LiteralInline>().Select(literal => literal.Content.ToString()));
        link.ReplaceBy(new LiteralInline(words));
    }
}
