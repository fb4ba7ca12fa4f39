using FlowApps.Domain.Security;
using Microsoft.AspNetCore.Authorization;

namespace FlowApps.Web.Security;

/// <summary>One policy per permission, and a fallback that lets nobody in: an endpoint that names no permission is closed until it does.</summary>
public static class PermissionPolicies
{
    public const string SignedIn = "signed-in";

    public static string Name(Permission permission) => $"permission:{permission}";

    public static void Add(AuthorizationOptions options)
    {
        foreach (var permission in Enum.GetValues<Permission>())
            options.AddPolicy(Name(permission), policy => policy.RequireAuthenticatedUser().RequireAssertion(context => context.User.May(permission)));
        options.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser());
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(_ => false).Build();
    }

    /// <summary>Names the permission that the endpoint needs.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoint, Permission permission) where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(builder => builder.Metadata.Add(new PermittedAttribute(permission)));
        return endpoint;
    }

    /// <summary>For an endpoint about the reader alone.</summary>
    public static TBuilder RequireSignIn<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(builder => builder.Metadata.Add(new SignedInAttribute()));
        return endpoint;
    }

    /// <summary>For everybody, signed in or not. Each use is on the short list that a test keeps.</summary>
    public static TBuilder AllowEverybody<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(builder => builder.Metadata.Add(new AllowAnonymousAttribute()));
        return endpoint;
    }
}
