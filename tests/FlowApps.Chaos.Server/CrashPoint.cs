using System.Diagnostics;
using System.Globalization;
using FlowApps.Domain.Problems;

namespace FlowApps.Chaos.Server;

/// <summary>Ends the process, as <c>kill -9</c> does, at the n-th hit of a named point: <c>name</c> or <c>name:3</c>.</summary>
internal static class CrashPoint
{
    public static void Arm(string? wanted)
    {
        if (string.IsNullOrEmpty(wanted)) return;
        var parts = wanted.Split(':');
        var left = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1;
        Fault.Hit = name =>
        {
            if (name != parts[0] || Interlocked.Decrement(ref left) != 0) return;
            Console.Error.WriteLine($"crash point {name}");
            Console.Error.Flush();
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        };
    }
}
