using System.Globalization;

namespace FlowApps.Expressions.Dates;

/// <summary>Kestra's named formats; any other text is a pattern.</summary>
internal static class DateFormats
{
    /// <summary>Own letters of <see cref="DatePattern"/>.</summary>
    public const char Fraction = '\uE001', FractionGroups = '\uE002', Region = '\uE003', IsoWeekYear = '\uE004', IsoWeek = '\uE005', IsoDay = '\uE006', RfcOffset = '\uE007';

    private static readonly Dictionary<string, DatePattern> Named = Build();

    public static IReadOnlyCollection<string> Names => Named.Keys;

    public static DatePattern Find(string format) => Named.GetValueOrDefault(format) ?? DatePattern.Of(format);

    private static Dictionary<string, DatePattern> Build()
    {
        const string date = "yyyy-MM-dd";
        const string time = "HH:mm[:ss\uE001]";
        const string both = date + "'T'" + time;
        const string narrowSpace = "\u202f";
        var english = CultureInfo.GetCultureInfo("en-US");
        var formats = new Dictionary<string, DatePattern>();
        void Add(string name, string pattern, CultureInfo? culture = null, bool inUtc = false) => formats[name] = DatePattern.Of(pattern, culture, inUtc);
        Add("iso", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX");
        Add("iso_sec", "yyyy-MM-dd'T'HH:mm:ssXXX");
        Add("sql", "yyyy-MM-dd HH:mm:ss.SSSSSS");
        Add("sql_seq", "yyyy-MM-dd HH:mm:ss");
        Add("sql_sec", "yyyy-MM-dd HH:mm:ss");
        Add("iso_date_time", both + "[XXXXX\uE003]");
        Add("iso_date", date + "[XXXXX]");
        Add("iso_time", time + "[XXXXX]");
        Add("iso_local_date", date);
        Add("iso_instant", "yyyy-MM-dd'T'HH:mm:ss\uE002'Z'", inUtc: true);
        Add("iso_local_date_time", both);
        Add("iso_local_time", time);
        Add("iso_offset_date", date + "XXXXX");
        Add("iso_offset_time", time + "XXXXX");
        Add("iso_offset_date_time", both + "XXXXX");
        Add("iso_ordinal_date", "yyyy-DDD[XXXXX]");
        Add("iso_week_date", "\uE004-'W'\uE005-\uE006[XXXXX]");
        Add("iso_zoned_date_time", both + "XXXXX\uE003");
        Add("rfc_1123_date_time", "[EEE, ]d MMM yyyy HH:mm[:ss] \uE007", english);
        Add("full", "EEEE, MMMM d, y 'at' h:mm:ss" + narrowSpace + "a zzzz");
        Add("long", "MMMM d, y 'at' h:mm:ss" + narrowSpace + "a z");
        Add("medium", "MMM d, y, h:mm:ss" + narrowSpace + "a");
        Add("short", "M/d/yy, h:mm" + narrowSpace + "a");
        return formats;
    }
}
