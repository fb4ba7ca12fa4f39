using FlowApps.Domain.Approvals;
using FlowApps.Web.Security;

namespace FlowApps.Web.Approvals;

/// <summary>Has people show their password once more where a question asks for it. Guessing is slowed as at the sign-in.</summary>
public sealed class ConfirmationDesk(Credentials credentials, SignInLimit limit, Reader reader)
{
    /// <summary>Null: shown, or not asked for. Else what to say.</summary>
    public async Task<string?> WhyNotAsync(Wait wait, string? password, CancellationToken cancellation)
    {
        if (wait.Policy.Confirm == Confirmation.None) return null;
        if (string.IsNullOrEmpty(password)) return "Give your password once more: this decision asks for it. Nothing was decided yet.";
        if (limit.IsReached(reader.Name)) return $"Too many tries. Wait {SignInLimit.Window.Minutes} minutes, then decide.";
        if (await credentials.CheckAsync(reader.Name, password, cancellation) is not null) return null;
        limit.Count(reader.Name);
        return "That is not your password. Nothing was decided yet.";
    }
}
