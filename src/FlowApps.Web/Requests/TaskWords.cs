namespace FlowApps.Web.Requests;

public static class TaskWords
{
    /// <summary>An id as words: "send_order" and "sendOrder" become "Send order".</summary>
    public static string Of(string id)
    {
        var words = new System.Text.StringBuilder(id.Length + 4);
        foreach (var c in id)
        {
            if (c is '_' or '-' or '.') words.Append(' ');
            else if (char.IsUpper(c) && words.Length > 0 && words[^1] != ' ') words.Append(' ').Append(char.ToLowerInvariant(c));
            else words.Append(words.Length == 0 ? char.ToUpperInvariant(c) : c);
        }
        return words.ToString();
    }
}
