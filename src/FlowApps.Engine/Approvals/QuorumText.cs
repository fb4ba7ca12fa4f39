using System.Globalization;
using FlowApps.Domain.Approvals;

namespace FlowApps.Engine.Approvals;

/// <summary>
/// Reads who has to approve from one line: <c>2 of finance and 1 of security then 1 of @ann or board</c>. <c>and</c>: side by side, <c>then</c>: afterwards, <c>or</c>: any of these;
/// names are groups, names after an @ are users, e-mail addresses are guests.
/// </summary>
public static class QuorumText
{
    /// <summary>Errors: <see cref="FormatException"/> that says what is expected where.</summary>
    public static IReadOnlyList<ApprovalStage> Read(string text)
    {
        var words = text.Replace(",", " or ", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var stages = new List<ApprovalStage>();
        var (at, step) = (0, 0);
        while (true)
        {
            stages.Add(Stage(words, ref at, step, stages));
            if (at == words.Length) return stages;
            switch (words[at++].ToLowerInvariant())
            {
                case "and": break;
                case "then": step++; break;
                default: throw Wrong(words, at - 1, "`and`, `then` or `or`");
            }
        }
    }

    private static ApprovalStage Stage(string[] words, ref int at, int step, List<ApprovalStage> before)
    {
        if (at >= words.Length || !int.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture, out var quorum) || quorum < 1) throw Wrong(words, at, "how many, such as `2 of finance`,");
        at++;
        if (at >= words.Length || !words[at].Equals("of", StringComparison.OrdinalIgnoreCase)) throw Wrong(words, at, "`of`");
        var (users, groups) = (new List<string>(), new List<string>());
        do
        {
            at++;
            if (at >= words.Length || words[at].ToLowerInvariant() is "and" or "then" or "or" or "of") throw Wrong(words, at, "the name of a group, or @ and the name of a user,");
            if (words[at].StartsWith('@')) users.Add(Guest.Spelt(words[at][1..]));
            else if (Guest.IsAddress(words[at])) users.Add(Guest.Spelt(words[at]));
            else groups.Add(words[at]);
            at++;
        }
        while (at < words.Length && words[at].Equals("or", StringComparison.OrdinalIgnoreCase));
        return new ApprovalStage { Id = Name([.. groups, .. users], before), Quorum = quorum, Users = users, Groups = groups, Step = step };
    }

    /// <summary>What a stage is called: by the people it asks, with a number when that name is taken.</summary>
    internal static string Name(IReadOnlyList<string> people, IReadOnlyCollection<ApprovalStage> before)
    {
        var name = people.Count == 0 ? ApprovalStage.Only : string.Join(" or ", people);
        var same = before.Count(stage => stage.Id == name || stage.Id.StartsWith(name + " ", StringComparison.Ordinal));
        return same == 0 ? name : $"{name} {same + 1}";
    }

    private static FormatException Wrong(string[] words, int at, string expected) =>
        new($"{expected} is expected {(at < words.Length ? $"in place of `{words[at]}`" : "at the end")}. Write it like `2 of finance and 1 of security then 1 of @ann`.");
}
