using FlowApps.Domain.Security;
using Microsoft.AspNetCore.Authorization;

namespace FlowApps.Web.Security;

/// <summary>What a page or endpoint needs: <c>@attribute [Permitted(Permission.ReadFlows)]</c>. Without one, it is closed to everybody.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class PermittedAttribute(Permission permission) : Attribute, IAuthorizeData
{
    public Permission Permission { get; } = permission;

    public string? Policy
    {
        get => PermissionPolicies.Name(Permission);
        set => throw new NotSupportedException("The policy follows from the permission.");
    }

    public string? Roles { get; set; }
    public string? AuthenticationSchemes { get; set; }
}
