using System.Globalization;
using System.Text.RegularExpressions;

namespace FlowApps.Expressions.Dates;

/// <summary>A time zone: an IANA region, or a fixed offset such as <c>+02:00</c>.</summary>
internal sealed partial class Zone
{
    private readonly TimeZoneInfo? _region;
    private readonly TimeSpan _offset;

    private Zone(string id, TimeZoneInfo? region, TimeSpan offset, bool isRegion) => (Id, _region, _offset, IsRegion) = (id, region, offset, isRegion);

    public static Zone Utc { get; } = new("UTC", null, TimeSpan.Zero, true);

    public string Id { get; }

    /// <summary>Shown in brackets by zoned formats; a bare offset is not.</summary>
    public bool IsRegion { get; }

    public static Zone OfOffset(TimeSpan offset) => new(OffsetText.Colons(offset, zero: "Z", seconds: true), null, offset, false);

    /// <summary>Errors: an unknown name.</summary>
    public static Zone Of(string id)
    {
        if (id is "Z" or "z") return OfOffset(TimeSpan.Zero);
        if (id is "UTC" or "GMT" or "UT") return new Zone(id, null, TimeSpan.Zero, true);
        var match = Offset().Match(id);
        if (match.Success)
        {
            var offset = OffsetOf(match);
            return match.Groups["prefix"].Length == 0 ? OfOffset(offset) : new Zone(match.Groups["prefix"].Value + OffsetText.Colons(offset, "", seconds: true), null, offset, true);
        }
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var region) && region.HasIanaId
            ? new Zone(id, region, default, true)
            : throw new ExpressionException($"Unknown time-zone ID: {id}");
    }

    public TimeSpan OffsetAt(DateTime utc) => _region?.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)) ?? _offset;

    /// <summary>The moment at which clocks here show this time. In a gap the clock has moved on; of two moments the earlier one is meant.</summary>
    public DateTimeOffset At(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (_region is null) return new DateTimeOffset(local, _offset);
        if (_region.IsInvalidTime(local))
        {
            var before = _region.GetUtcOffset(local.AddDays(-1));
            var utc = DateTime.SpecifyKind(local - before, DateTimeKind.Utc);
            return new DateTimeOffset(utc).ToOffset(_region.GetUtcOffset(utc));
        }
        return new DateTimeOffset(local, _region.IsAmbiguousTime(local) ? _region.GetAmbiguousTimeOffsets(local).Max() : _region.GetUtcOffset(local));
    }

    private static TimeSpan OffsetOf(Match match)
    {
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var offset = new TimeSpan(Part("h"), Part("m"), Part("s"));
        if (offset.TotalHours > 14) throw new ExpressionException($"Zone offset is out of range: {match.Value}");
        return match.Groups["sign"].ValueSpan is "-" ? -offset : offset;
    }

    [GeneratedRegex(@"^(?<prefix>UTC|GMT|UT)?(?<sign>[+-])(?<h>\d{1,2})(?::?(?<m>[0-5]\d)(?::?(?<s>[0-5]\d))?)?$")]
    private static partial Regex Offset();
}
