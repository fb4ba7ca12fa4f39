using System.Security.Claims;
using FlowApps.Domain.Security;

namespace FlowApps.Web.Security;

/// <summary>Who reads this page or calls this endpoint, as signed in for this request.</summary>
public sealed class Reader(IHttpContextAccessor http)
{
    private ClaimsPrincipal Principal => http.HttpContext?.User ?? new ClaimsPrincipal();

    public bool IsSignedIn => Principal.Identity?.IsAuthenticated ?? false;

    /// <summary>Somebody without an account, in the request that the link of a letter made; the name is their e-mail address.</summary>
    public bool IsGuest => Principal.Identity?.AuthenticationType == PersonClaims.Guest;

    /// <summary>The user name, empty when nobody is signed in.</summary>
    public string Name => Principal.Identity?.Name ?? "";

    public string DisplayName => Principal.FindFirstValue(PersonClaims.DisplayName) ?? Name;

    public string FirstName => DisplayName.Split(' ')[0];

    public IReadOnlyList<Role> Roles => Principal.FindAll(ClaimTypes.Role).Select(claim => Enum.Parse<Role>(claim.Value)).ToList();

    public IReadOnlyList<string> Groups => Principal.FindAll(PersonClaims.Group).Select(claim => claim.Value).ToList();

    public bool May(Permission permission) => Principal.May(permission);

    /// <summary>Builds and watches flows: gets the developers' pages.</summary>
    public bool IsDeveloper => May(Permission.ReadFlows);
}
