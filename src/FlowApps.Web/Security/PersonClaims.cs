using System.Security.Claims;
using FlowApps.Domain.Security;

namespace FlowApps.Web.Security;

/// <summary>A user as the claims of a request. Built anew from the stored user each time, so that a changed role counts at once.</summary>
public static class PersonClaims
{
    public const string DisplayName = "display_name";
    public const string Group = "group";
    public const string Session = "session";

    /// <summary>The scheme of somebody without an account who holds the link of a letter: for one request, about one case.</summary>
    public const string Guest = "Guest";

    public static ClaimsPrincipal Of(User user, string scheme, string? session = null)
    {
        var identity = new ClaimsIdentity(scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.Name, user.Name));
        identity.AddClaim(new Claim(DisplayName, user.DisplayName));
        identity.AddClaims(user.Roles.Select(role => new Claim(ClaimTypes.Role, role.ToString())));
        identity.AddClaims(user.Groups.Select(group => new Claim(Group, group)));
        if (session is not null) identity.AddClaim(new Claim(Session, session));
        return new ClaimsPrincipal(identity);
    }

    public static bool May(this ClaimsPrincipal principal, Permission permission) =>
        principal.FindAll(ClaimTypes.Role).Any(claim => Enum.TryParse<Role>(claim.Value, out var role) && role.Permissions().Contains(permission));
}
