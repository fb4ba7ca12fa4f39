using Microsoft.AspNetCore.Antiforgery;

namespace FlowApps.Web.Security;

/// <summary>The token that proves a post comes from a page of ours: a hidden field of forms, a header of htmx requests.</summary>
public sealed class AntiforgeryTokens(IAntiforgery antiforgery)
{
    public const string Field = "__RequestVerificationToken";
    public const string Header = "RequestVerificationToken";

    /// <summary>The token of this answer; empty when the answer has begun and can set no cookie.</summary>
    public string For(HttpContext http) => http.Response.HasStarted
        ? antiforgery.GetTokens(http).RequestToken ?? ""
        : antiforgery.GetAndStoreTokens(http).RequestToken ?? "";
}
