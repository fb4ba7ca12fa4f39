using System.Globalization;

namespace FlowApps.Web.Flows.Topology;

/// <summary>An arrow as the data of two SVG paths: the line, with round corners, and its tip.</summary>
public static class Elbow
{
    private const double Radius = 7;
    private const double Tip = 6;

    public static string Line(Arrow arrow, Direction direction) => direction == Direction.Right
        ? Bend(arrow.FromX, arrow.FromY, arrow.ToX - Tip, arrow.ToY, swapped: false)
        : Bend(arrow.FromY, arrow.FromX, arrow.ToY - Tip, arrow.ToX, swapped: true);

    public static string Head(Arrow arrow, Direction direction) => direction == Direction.Right
        ? string.Create(CultureInfo.InvariantCulture, $"M{arrow.ToX - 7:0.#} {arrow.ToY - 4:0.#}l7 4-7 4z")
        : string.Create(CultureInfo.InvariantCulture, $"M{arrow.ToX - 4:0.#} {arrow.ToY - 7:0.#}l4 7 4-7z");

    /// <summary>Along, a quarter turn, across, a quarter turn back, along. <paramref name="swapped"/>: along is down.</summary>
    private static string Bend(double along, double across, double toAlong, double toAcross, bool swapped)
    {
        if (Math.Abs(across - toAcross) < 0.5) return $"M{Point(along, across)}L{Point(toAlong, toAcross)}";
        var middle = (along + toAlong) / 2;
        var radius = Math.Min(Radius, Math.Min(Math.Abs(toAcross - across) / 2, (toAlong - along) / 2));
        var side = Math.Sign(toAcross - across) * radius;
        return $"M{Point(along, across)}L{Point(middle - radius, across)}Q{Point(middle, across)} {Point(middle, across + side)}L{Point(middle, toAcross - side)}Q{Point(middle, toAcross)} {Point(middle + radius, toAcross)}L{Point(toAlong, toAcross)}";

        string Point(double a, double c) => swapped
            ? string.Create(CultureInfo.InvariantCulture, $"{c:0.#} {a:0.#}")
            : string.Create(CultureInfo.InvariantCulture, $"{a:0.#} {c:0.#}");
    }
}
