namespace FlowApps.Web.Apps.Branding;

/// <summary>How the people's pages look for this company.</summary>
/// <param name="Title">Above the catalogue, in place of the greeting; null keeps the greeting.</param>
/// <param name="Color">Of buttons and links, <c>#rrggbb</c>; null keeps the product's.</param>
/// <param name="Logo">An SVG picture as text; null keeps the mark.</param>
public sealed record CompanyBrand(string? Title = null, string? Color = null, string? Logo = null);
