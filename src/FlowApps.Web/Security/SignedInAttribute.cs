using Microsoft.AspNetCore.Authorization;

namespace FlowApps.Web.Security;

/// <summary>A page or endpoint about the reader alone (their account, their start page): any signed-in person may use it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignedInAttribute : Attribute, IAuthorizeData
{
    public string? Policy
    {
        get => PermissionPolicies.SignedIn;
        set => throw new NotSupportedException("The policy is fixed.");
    }

    public string? Roles { get; set; }
    public string? AuthenticationSchemes { get; set; }
}
