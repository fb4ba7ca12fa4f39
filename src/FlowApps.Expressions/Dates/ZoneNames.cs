using System.Collections.Frozen;

namespace FlowApps.Expressions.Dates;

/// <summary>Names of zones as text (pattern letter <c>z</c>): the usual abbreviations where there are some, else the offset.</summary>
internal static class ZoneNames
{
    private static readonly FrozenDictionary<string, (string Standard, string Summer)> ByLongName = new Dictionary<string, (string, string)>
    {
        ["Central European Standard Time"] = ("CET", "CEST"),
        ["Eastern European Standard Time"] = ("EET", "EEST"),
        ["Western European Standard Time"] = ("WET", "WEST"),
        ["Greenwich Mean Time"] = ("GMT", "BST"),
        ["Eastern Standard Time"] = ("EST", "EDT"),
        ["Central Standard Time"] = ("CST", "CDT"),
        ["Mountain Standard Time"] = ("MST", "MDT"),
        ["Pacific Standard Time"] = ("PST", "PDT"),
        ["Japan Standard Time"] = ("JST", "JDT"),
        ["India Standard Time"] = ("IST", "IST"),
        ["China Standard Time"] = ("CST", "CDT"),
        ["Moscow Standard Time"] = ("MSK", "MSD"),
        ["Australian Eastern Standard Time"] = ("AEST", "AEDT"),
    }.ToFrozenDictionary();

    public static string Of(Moment moment, bool isLong)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(moment.Zone.Id);
        var isSummer = zone.IsDaylightSavingTime(moment.At);
        if (isLong) return isSummer ? zone.DaylightName : zone.StandardName;
        return ByLongName.TryGetValue(zone.StandardName, out var names)
            ? isSummer ? names.Summer : names.Standard
            : "GMT" + OffsetText.Colons(moment.At.Offset, "");
    }
}
