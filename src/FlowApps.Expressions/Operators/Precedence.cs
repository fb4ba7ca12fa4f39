namespace FlowApps.Expressions.Operators;

/// <summary>How tightly operators bind; higher binds first. All associate to the left.</summary>
internal static class Precedence
{
    /// <summary>-1: not a binary operator.</summary>
    public static int Of(string sign) => sign switch
    {
        "or" => 10,
        "and" => 15,
        "is" or "contains" => 20,
        "==" or "equals" or "!=" or "<" or ">" or "<=" or ">=" => 30,
        "+" or "-" => 40,
        "*" or "/" or "%" => 60,
        "|" => 100,
        "~" => 110,
        ".." or "??" or "???" => 120,
        _ => -1,
    };
}
