using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using Microsoft.Extensions.Caching.Memory;

namespace FlowApps.Web.Apps.Branding;

/// <summary>Keeps the company's looks. Read by every page of people, so it is remembered for some seconds.</summary>
public sealed class BrandDesk(IDocumentStore documents, IMemoryCache cache)
{
    private const string Kind = "branding";
    private const string Only = "company";
    private const int LargestLogo = 64 * 1024;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    public async ValueTask<CompanyBrand> FindAsync(CancellationToken cancellation)
    {
        if (cache.TryGetValue(nameof(BrandDesk), out CompanyBrand? known)) return known!;
        var brand = (await documents.LoadAsync<CompanyBrand>(Kind, Only, cancellation))?.Value ?? new CompanyBrand();
        return cache.Set(nameof(BrandDesk), brand, Remembered);
    }

    /// <summary>Errors: Invalid for a colour that cannot be read on, or a logo that is no SVG.</summary>
    public async Task SaveAsync(CompanyBrand brand, CancellationToken cancellation)
    {
        if (brand.Color is { } color && !Colour.TryParse(color, out _)) throw RefusedException.Invalid("branding", $"“{color}” is not a colour. Write it as #1f5f8b.");
        if (brand.Color is { } chosen && Colour.TryParse(chosen, out var colour) && colour.ContrastTo(Colour.White) < Colour.Readable)
            throw RefusedException.Invalid("branding", $"White text on {chosen} has a contrast of {Math.Floor(colour.ContrastTo(Colour.White) * 10) / 10:0.0} to 1, and {Colour.Readable} to 1 is needed to read it. Choose a darker colour.");
        if (brand.Logo is { } logo && !IsPicture(logo)) throw RefusedException.Invalid("branding", $"The logo has to be an SVG picture of at most {LargestLogo / 1024} KiB.");
        await documents.WriteAsync([new DocumentWrite(Kind, Only, JsonSerializer.Serialize(brand, Data.Json))], cancellation);
        cache.Remove(nameof(BrandDesk));
    }

    private static bool IsPicture(string logo)
    {
        if (Encoding.UTF8.GetByteCount(logo) > LargestLogo) return false;
        try
        {
            using var reader = XmlReader.Create(new StringReader(logo), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader).Root?.Name.LocalName == "svg";
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
