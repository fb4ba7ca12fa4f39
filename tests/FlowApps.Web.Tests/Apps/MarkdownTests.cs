using System.Text.RegularExpressions;
using FlowApps.Web.Look;

namespace FlowApps.Web.Tests.Apps;

/// <summary>What authors write and people answer must never become markup or an address of somebody else's making.</summary>
public sealed partial class MarkdownTests
{
    [Theory]
    [InlineData("[a](javascript:alert(1))")]
    [InlineData("[a](JaVaScRiPt:alert(1))")]
    [InlineData("[a](&#106;avascript:alert(1))")]
    [InlineData("[a](java\tscript:alert(1))")]
    [InlineData("[a](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[a](vbscript:x)")]
    [InlineData("[a](file:///etc/passwd)")]
    [InlineData("[a](//elsewhere.example)")]
    [InlineData("[a](/\\elsewhere.example)")]
    [InlineData("[a](\\\\elsewhere.example)")]
    [InlineData("![a](javascript:alert(1))")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("[a][x]\n\n[x]: javascript:alert(1)")]
    public void An_address_that_is_not_allowed_is_only_words(string markdown) => Assert.DoesNotMatch(Addresses(), SafeMarkdown.ToHtml(markdown));

    [Theory]
    [InlineData("Ask for **tools**.\n\n- saws\n- `drills` & [more](https://x.example)", "Ask for tools. saws drills & more")]
    [InlineData("# Loans\nBring it\nback", "Loans Bring it back")]
    [InlineData(null, "")]
    public void Where_there_is_room_for_a_sentence_the_words_are_shown(string? markdown, string words) => Assert.Equal(words, SafeMarkdown.ToWords(markdown));

    [Theory]
    [InlineData("<script>alert(1)</script>", "<script")]
    [InlineData("<img src=x onerror=alert(1)>", "<img")]
    [InlineData("text <b onclick=x>bold</b>", "<b ")]
    [InlineData("<svg/onload=alert(1)>", "<svg")]
    [InlineData("[a](https://x.example \"\\\" onclick=alert(1)\")", "\" onclick")]
    public void Html_is_text(string markdown, string markup) => Assert.DoesNotContain(markup, SafeMarkdown.ToHtml(markdown), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("[a](https://harbourline.example/x)", "https://harbourline.example/x")]
    [InlineData("[a](/apps)", "/apps")]
    [InlineData("[a](mailto:desk@harbourline.example)", "mailto:desk@harbourline.example")]
    [InlineData("[a](#here)", "#here")]
    public void An_ordinary_address_is_a_link(string markdown, string address) => Assert.Contains($"href=\"{address}\"", SafeMarkdown.ToHtml(markdown), StringComparison.Ordinal);

    [Theory]
    [InlineData("**bold** [link](https://x.example)")]
    [InlineData("# heading\n<b>")]
    [InlineData("| a | b |\n| - | - |")]
    [InlineData("`code` ![image](x.png) ~~gone~~")]
    public void An_answer_inside_markdown_stays_an_answer(string answer) => Assert.DoesNotMatch("<(?!/?p>)", SafeMarkdown.ToHtml("Asked: " + SafeMarkdown.Escape(answer)));

    [GeneratedRegex("(href|src)=", RegexOptions.IgnoreCase)]
    private static partial Regex Addresses();
}
