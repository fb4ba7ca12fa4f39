using System.Globalization;

namespace FlowApps.Web.Look;

/// <summary>Durations and distances in words. The page's script writes the same ones, so that nothing jumps when it takes over.</summary>
public static class Durations
{
    /// <summary>"3 min ago", "in 2 h", "now".</summary>
    public static string Relative(TimeSpan distance)
    {
        var seconds = Math.Abs(distance.TotalSeconds);
        if (seconds < 5) return "now";
        var (name, amount) = seconds switch
        {
            < 60 => ("s", seconds),
            < 3600 => ("min", seconds / 60),
            < 86_400 => ("h", seconds / 3600),
            _ => ("d", seconds / 86_400),
        };
        var text = Math.Round(amount, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture);
        return distance < TimeSpan.Zero ? $"{text} {name} ago" : $"in {text} {name}";
    }

    /// <summary>"42 ms", "8.4 s", "3 min 12 s", "2 h 5 min", "3 d 4 h".</summary>
    public static string Words(TimeSpan span) => span.TotalSeconds switch
    {
        < 1 => $"{Math.Max(0, Math.Round(span.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture)} ms",
        < 10 => $"{span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        < 60 => $"{(int)span.TotalSeconds} s",
        < 3600 => $"{span.Minutes} min {span.Seconds} s",
        < 86_400 => $"{span.Hours} h {span.Minutes} min",
        _ => $"{(int)span.TotalDays} d {span.Hours} h",
    };
}
