namespace FlowApps.Web.Requests;

/// <summary>The name of a group as people read it: "it-desk" becomes "IT desk". A name that was written for people, with a space or a capital letter, stays as it is.</summary>
public static class GroupWords
{
    private static readonly HashSet<string> Initials = new(StringComparer.Ordinal) { "it", "hr", "pr", "qa", "ceo", "cfo", "coo", "cto", "ciso", "eu", "uk", "us", "usa", "vip" };

    public static string Of(string group)
    {
        if (group.Any(c => char.IsUpper(c) || char.IsWhiteSpace(c))) return group;
        var words = group.Split(['-', '_', '.'], StringSplitOptions.RemoveEmptyEntries).Select(word => Initials.Contains(word) ? word.ToUpperInvariant() : word);
        var name = string.Join(' ', words);
        return name.Length == 0 ? group : char.ToUpperInvariant(name[0]) + name[1..];
    }
}
