using System.Globalization;
using System.Numerics;
using FlowApps.Expressions.Numbers;

namespace FlowApps.Expressions.Dates;

/// <summary>A point in time and the zone it is seen from. All date filters and functions work on this.</summary>
internal readonly record struct Moment(DateTimeOffset At, Zone Zone)
{
    public Moment In(Zone zone) => new(At.ToOffset(zone.OffsetAt(At.UtcDateTime)), zone);

    public static Moment OfLocal(DateTime local, Zone zone) => new(zone.At(local), zone);

    /// <summary>
    /// Reads what a flow has as a date: date types, epoch seconds, or text (ISO with or without offset, or a date; else <paramref name="existingFormat"/>).
    /// What has no zone is meant in <paramref name="zone"/>; a date value means noon there, a date text its first moment (Kestra's ways).
    /// </summary>
    public static Moment Read(object value, string? existingFormat, Zone zone, CultureInfo culture) => value switch
    {
        DateTimeOffset at => new Moment(at, Zone.OfOffset(at.Offset)),
        DateTime { Kind: DateTimeKind.Utc } instant => new Moment(new DateTimeOffset(instant), Zone.Utc).In(zone),
        DateTime local => OfLocal(local, zone),
        DateOnly date => OfLocal(date.ToDateTime(new TimeOnly(12, 0)), zone),
        int or long or double or float or decimal or BigInteger => OfEpochSecond(NumberKind.AsDouble(value), zone),
        string text when existingFormat is null => IsoDates.Read(text, zone),
        string text => DateFormats.Find(existingFormat).Parse(text, zone, culture),
        _ => throw new ExpressionException($"A {JavaClass.NameOf(value)} is not a date."),
    };

    /// <summary>The date and time on the clock, of any date value.</summary>
    public static DateTime Local(object date) => date switch
    {
        DateTimeOffset at => at.DateTime,
        DateTime at => at,
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        _ => throw new ExpressionException($"A {JavaClass.NameOf(date)} is not a date."),
    };

    public long EpochSecond => At.ToUnixTimeSeconds();

    /// <summary>Nanoseconds in the second, in steps of 100.</summary>
    public long Nano => At.UtcTicks % TimeSpan.TicksPerSecond * 100;

    private static Moment OfEpochSecond(double seconds, Zone zone) =>
        Math.Abs(seconds) < 1e11
            ? new Moment(DateTimeOffset.UnixEpoch.AddSeconds(Math.Floor(seconds)), Zone.Utc).In(zone)
            : throw new ExpressionException($"{seconds.ToString(CultureInfo.InvariantCulture)} is not a number of seconds since 1970; for milliseconds divide by 1000.");
}
