using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using FlowApps.Domain.Problems;

namespace FlowApps.Survival.Server;

/// <summary>
/// Ends the process, as <c>kill -9</c> does, at the n-th hit of a named point: <c>name</c> or <c>name:3</c>, armed by a variable for the start or by a line on the standard
/// input while it runs; <c>name:3:stop</c> stops it in its tracks there, until somebody lets it go on. When that input ends, whoever started this process is gone, and so is it.
/// </summary>
internal static class CrashPoint
{
    private const int SigStop = 19;
    private static volatile Armed? armed;

    public static void Listen(string? atStart)
    {
        armed = Armed.Read(atStart);
        Fault.Hit = name =>
        {
            if (armed is not { } point || !point.IsHit(name)) return;
            if (point.OnlyStops) Stop(name);
            else Die($"crash point {name}");
        };
        new Thread(Obey) { IsBackground = true, Name = "crash points" }.Start();
    }

    private static void Obey()
    {
        while (Console.In.ReadLine() is { } line)
        {
            armed = Armed.Read(line);
            Console.Error.WriteLine($"armed: {line}");
        }
        Die("nobody watches any more");
    }

    private static void Die(string why)
    {
        Console.Error.WriteLine(why);
        Console.Error.Flush();
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    private static void Stop(string name)
    {
        Console.Error.WriteLine($"stopped at {name}");
        Console.Error.Flush();
        _ = Signal(Environment.ProcessId, SigStop);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    private sealed class Armed(string point, int hit, bool onlyStops)
    {
        private int left = hit;

        public bool OnlyStops => onlyStops;

        public static Armed? Read(string? words) => (words ?? "").Split(':') switch
        {
            [""] => null,
            [var point] => new Armed(point, 1, false),
            [var point, var hit] => new Armed(point, int.Parse(hit, CultureInfo.InvariantCulture), false),
            [var point, var hit, "stop"] => new Armed(point, int.Parse(hit, CultureInfo.InvariantCulture), true),
            _ => null,
        };

        public bool IsHit(string name) => name == point && Interlocked.Decrement(ref left) == 0;
    }
}
