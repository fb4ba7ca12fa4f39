using System.Globalization;

namespace FlowApps.Domain.Apps;

/// <summary>A colour as <c>#rrggbb</c>, with its contrast to others (WCAG 2.2, relative luminance).</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>What normal text needs at least (WCAG 2.2, level AA).</summary>
    public const double Readable = 4.5;

    public static Colour White { get; } = new(255, 255, 255);

    public static bool TryParse(string text, out Colour colour)
    {
        colour = default;
        if (text is not ['#', _, _, _, _, _, _] || !int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)) return false;
        colour = new Colour((byte)(number >> 16), (byte)(number >> 8), (byte)number);
        return true;
    }

    /// <summary>From 1 (the same) to 21 (black on white).</summary>
    public double ContrastTo(Colour other)
    {
        var (a, b) = (Luminance, other.Luminance);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>This colour mixed with white until it can be read on a dark page.</summary>
    public Colour Lightened(Colour background)
    {
        var mixed = this;
        for (var part = 0.0; part <= 1 && mixed.ContrastTo(background) < Readable; part += 0.05) mixed = new Colour(Mix(Red, part), Mix(Green, part), Mix(Blue, part));
        return mixed;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    private double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    private static byte Mix(byte channel, double part) => (byte)Math.Round(channel + (255 - channel) * part);

    private static double Linear(byte channel)
    {
        var c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}
