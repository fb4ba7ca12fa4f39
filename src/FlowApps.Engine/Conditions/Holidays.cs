using System.Globalization;

namespace FlowApps.Engine.Conditions;

/// <summary>National public holidays. A rule is <c>MM-dd</c>, <c>E+n</c> (days from Easter Sunday, <c>O+n</c>: orthodox), <c>nDDDMM</c> (n-th weekday of a month, L: last) or <c>DDD&lt;MM-dd</c> / <c>DDD&gt;MM-dd</c> (that weekday on or before, on or after).</summary>
public static class Holidays
{
    private static readonly Dictionary<string, string> Rules = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AT"] = "01-01 01-06 E+1 05-01 E+39 E+50 E+60 08-15 10-26 11-01 12-08 12-25 12-26",
        ["AU"] = "01-01 01-26 E-2 E+1 04-25 12-25 12-26",
        ["BE"] = "01-01 E+1 05-01 E+39 E+50 07-21 08-15 11-01 11-11 12-25",
        ["BR"] = "01-01 04-21 05-01 09-07 10-12 11-02 11-15 11-20 12-25",
        ["CA"] = "01-01 E-2 MON<05-24 07-01 1MON09 09-30 2MON10 11-11 12-25 12-26",
        ["CH"] = "01-01 E+39 08-01 12-25",
        ["CZ"] = "01-01 E-2 E+1 05-01 05-08 07-05 07-06 09-28 10-28 11-17 12-24 12-25 12-26",
        ["DE"] = "01-01 E-2 E+1 05-01 E+39 E+50 10-03 12-25 12-26",
        ["DE-BB"] = "10-31",
        ["DE-BE"] = "03-08",
        ["DE-BW"] = "01-06 E+60 11-01",
        ["DE-BY"] = "01-06 E+60 08-15 11-01",
        ["DE-HB"] = "10-31",
        ["DE-HE"] = "E+60",
        ["DE-HH"] = "10-31",
        ["DE-MV"] = "03-08 10-31",
        ["DE-NI"] = "10-31",
        ["DE-NW"] = "E+60 11-01",
        ["DE-RP"] = "E+60 11-01",
        ["DE-SH"] = "10-31",
        ["DE-SL"] = "E+60 08-15 11-01",
        ["DE-SN"] = "10-31 WED<11-22",
        ["DE-ST"] = "01-06 10-31",
        ["DE-TH"] = "09-20 10-31",
        ["DK"] = "01-01 E-3 E-2 E+1 E+39 E+50 12-25 12-26",
        ["ES"] = "01-01 01-06 E-2 05-01 08-15 10-12 11-01 12-06 12-08 12-25",
        ["FI"] = "01-01 01-06 E-2 E+1 05-01 E+39 SAT>06-20 SAT>10-31 12-06 12-25 12-26",
        ["FR"] = "01-01 E+1 05-01 05-08 E+39 E+50 07-14 08-15 11-01 11-11 12-25",
        ["GB"] = "01-01 E-2 1MON05 LMON05 12-25 12-26",
        ["GB-ENG"] = "E+1 LMON08",
        ["GB-WLS"] = "E+1 LMON08",
        ["GB-NIR"] = "03-17 E+1 07-12 LMON08",
        ["GB-SCT"] = "01-02 1MON08 11-30",
        ["GR"] = "01-01 01-06 03-25 O-48 O-2 O+1 05-01 O+50 08-15 10-28 12-25 12-26",
        ["HU"] = "01-01 03-15 E-2 E+1 05-01 E+50 08-20 10-23 11-01 12-25 12-26",
        ["IE"] = "01-01 MON>02-01 03-17 E+1 1MON05 1MON06 1MON08 LMON10 12-25 12-26",
        ["IT"] = "01-01 01-06 E+1 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26",
        ["JP"] = "01-01 2MON01 02-11 02-23 04-29 05-03 05-04 05-05 3MON07 08-11 3MON09 2MON10 11-03 11-23",
        ["LU"] = "01-01 E+1 05-01 05-09 E+39 E+50 06-23 08-15 11-01 12-25 12-26",
        ["MX"] = "01-01 1MON02 3MON03 05-01 09-16 3MON11 12-25",
        ["NL"] = "01-01 E+0 E+1 04-27 E+39 E+49 E+50 12-25 12-26",
        ["NO"] = "01-01 E-3 E-2 E+1 05-01 05-17 E+39 E+50 12-25 12-26",
        ["NZ"] = "01-01 01-02 02-06 E-2 E+1 04-25 1MON06 4MON10 12-25 12-26",
        ["PL"] = "01-01 01-06 E+0 E+1 05-01 05-03 E+49 E+60 08-15 11-01 11-11 12-24 12-25 12-26",
        ["PT"] = "01-01 E-2 E+0 04-25 05-01 E+60 06-10 08-15 10-05 11-01 12-01 12-08 12-25",
        ["RO"] = "01-01 01-02 01-24 O-2 O+1 05-01 06-01 O+50 08-15 11-30 12-01 12-25 12-26",
        ["SE"] = "01-01 01-06 E-2 E+1 05-01 E+39 06-06 SAT>06-20 SAT>10-31 12-25 12-26",
        ["SK"] = "01-01 01-06 E-2 E+1 05-01 05-08 07-05 08-29 09-15 11-01 12-24 12-25 12-26",
        ["US"] = "01-01 3MON01 3MON02 LMON05 06-19 07-04 1MON09 2MON10 11-11 4THU11 12-25",
    };

    /// <summary>Errors: <see cref="FormatException"/> for a country that is not known.</summary>
    public static bool IsHoliday(DateOnly day, string? country, string? subDivision)
    {
        var code = string.IsNullOrEmpty(country) ? Own() : country.Trim();
        if (!Rules.TryGetValue(code, out var rules)) throw new FormatException($"The public holidays of '{code}' are not known; known are {string.Join(", ", Rules.Keys.Where(k => k.Length == 2).Order(StringComparer.Ordinal))}.");
        if (!string.IsNullOrEmpty(subDivision) && Rules.TryGetValue($"{code}-{subDivision.Trim()}", out var own)) rules = $"{rules} {own}";
        return rules.Split(' ').Any(rule => Date(rule, day.Year) == day);
    }

    private static string Own()
    {
        var culture = CultureInfo.CurrentCulture;
        return culture.IsNeutralCulture || culture.Name.Length == 0 ? "US" : new RegionInfo(culture.Name) is { TwoLetterISORegionName: { Length: 2 } name } && Rules.ContainsKey(name) ? name : "US";
    }

    private static DateOnly Date(string rule, int year) => rule[0] switch
    {
        'E' => Easter(year).AddDays(int.Parse(rule.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
        'O' => OrthodoxEaster(year).AddDays(int.Parse(rule.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
        _ when rule[2] == '-' => Fixed(rule, year),
        _ when rule[3] is '<' or '>' => Near(Fixed(rule[4..], year), Weekday(rule[..3]), rule[3] == '<' ? -1 : 1),
        'L' => Near(new DateOnly(year, Month(rule), DateTime.DaysInMonth(year, Month(rule))), Weekday(rule[1..4]), -1),
        _ => Near(new DateOnly(year, Month(rule), 1), Weekday(rule[1..4]), 1).AddDays(7 * (rule[0] - '1')),
    };

    private static int Month(string rule) => int.Parse(rule.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture);

    private static DateOnly Fixed(string rule, int year) => new(year, int.Parse(rule.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture), int.Parse(rule.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture));

    private static DayOfWeek Weekday(string name) => (DayOfWeek)Array.IndexOf(["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"], name);

    private static DateOnly Near(DateOnly day, DayOfWeek weekday, int step)
    {
        while (day.DayOfWeek != weekday) day = day.AddDays(step);
        return day;
    }

    /// <summary>The anonymous Gregorian computus.</summary>
    private static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        var l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        var n = h + l - 7 * m + 114;
        return new DateOnly(year, n / 31, n % 31 + 1);
    }

    /// <summary>The Julian computus, on the Gregorian calendar.</summary>
    private static DateOnly OrthodoxEaster(int year)
    {
        var d = (19 * (year % 19) + 15) % 30;
        var e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
        return new DateOnly(year, (d + e + 114) / 31, (d + e + 114) % 31 + 1).AddDays(13);
    }
}
