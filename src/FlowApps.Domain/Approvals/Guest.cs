namespace FlowApps.Domain.Approvals;

/// <summary>Somebody without an account who is asked by an e-mail address: the address stands where the name of a user would.</summary>
public static class Guest
{
    private const int Longest = 254;

    /// <summary>A name as it is compared: addresses are one however they are spelt, names of users stay as they are.</summary>
    public static string Spelt(string name) => IsAddress(name) ? name.ToLowerInvariant() : name;

    /// <summary>Whether a name is an address that a letter can be sent to.</summary>
    public static bool IsAddress(string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && name.Length <= Longest && at == name.LastIndexOf('@') && name.IndexOf('.', at) > at + 1 && name[^1] != '.' && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';' or '"' or '{');
    }
}
