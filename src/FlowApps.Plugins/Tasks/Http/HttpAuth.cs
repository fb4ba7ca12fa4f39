using System.Text;

namespace FlowApps.Plugins.Tasks.Http;

/// <summary>How to sign in to a server: BASIC with user name and password, or BEARER with a token.</summary>
public sealed record HttpAuth
{
    /// <summary>BASIC or BEARER.</summary>
    public required Property<HttpAuthType> Type { get; init; }

    /// <summary>The user name (BASIC).</summary>
    public Property<string>? Username { get; init; }

    /// <summary>The password (BASIC).</summary>
    public Property<string>? Password { get; init; }

    /// <summary>The token (BEARER).</summary>
    public Property<string>? Token { get; init; }

    internal string Header(TaskContext context) => context.Render(Type) switch
    {
        HttpAuthType.Bearer => "Bearer " + context.Render(Token),
        HttpAuthType.Basic => Basic(context.Render(Username), context.Render(Password)),
        _ => throw new ArgumentOutOfRangeException(nameof(context)),
    };

    internal static string Basic(string? user, string? password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
}
