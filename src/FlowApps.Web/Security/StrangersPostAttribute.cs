namespace FlowApps.Web.Security;

/// <summary>A post that anybody may send: it needs the antiforgery token only from those who are signed in.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StrangersPostAttribute : Attribute;
