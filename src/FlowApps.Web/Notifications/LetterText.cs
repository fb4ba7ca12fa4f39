using System.Globalization;
using System.Text;

namespace FlowApps.Web.Notifications;

/// <summary>A letter for readers without HTML.</summary>
public static class LetterText
{
    public static string Of(Letter letter)
    {
        var text = new StringBuilder();
        text.Append(letter.Greeting).Append("\n\n");
        foreach (var item in letter.Items) Add(text, item, letter.Words);
        text.Append("--\n").Append(letter.Settings is null ? letter.Words.GuestWhy : $"{letter.Words.Why}\n{letter.Settings}").Append('\n');
        return text.ToString();
    }

    private static void Add(StringBuilder text, LetterItem item, NoticeWords words)
    {
        text.Append(item.Line.Title).Append('\n').Append(item.Line.Text).Append('\n');
        if (item.Line.Quote is { } quote) text.Append("> ").Append(quote.ReplaceLineEndings("\n> ")).Append('\n');
        if (item.Due is { } due) text.Append(CultureInfo.InvariantCulture, $"{words.Due}: {due.ToUniversalTime():d MMMM yyyy, HH:mm} UTC\n");
        if (item.Answers.Count > 0) text.Append('\n');
        foreach (var answer in item.Answers) text.Append(answer.Label).Append(": ").Append(answer.Text).Append('\n');
        text.Append('\n');
        foreach (var action in item.Actions) text.Append(action.Word).Append(": ").Append(action.Address).Append('\n');
        if (item.Page is not null) text.Append(words.Open).Append(": ").Append(item.Page).Append('\n');
        if (item.Actions.Count > 0) text.Append(words.LookFirst).Append('\n');
        text.Append('\n');
    }
}
