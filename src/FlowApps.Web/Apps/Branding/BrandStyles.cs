using FlowApps.Domain.Apps;

namespace FlowApps.Web.Apps.Branding;

/// <summary>A colour as the rules that pages take it from, in light and dark.</summary>
public static class BrandStyles
{
    private static readonly Colour Night = new(0x12, 0x1a, 0x1d);

    public static string Of(string? color) => color is null || !Colour.TryParse(color, out var brand) ? "" : $$"""
        :root {
          --fl-brand: {{brand}};
          --fl-brand-text: light-dark(color-mix(in srgb, {{brand}} 85%, black), {{brand.Lightened(Night)}});
          --fl-brand-tint: light-dark(color-mix(in srgb, {{brand}} 8%, white), color-mix(in srgb, {{brand}} 25%, {{Night}}));
          --fl-brand-line: light-dark(color-mix(in srgb, {{brand}} 40%, white), color-mix(in srgb, {{brand}} 60%, {{Night}}));
        }
        """;
}
