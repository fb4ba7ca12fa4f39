using System.Diagnostics;
using System.Globalization;
using FlowApps.Domain.Problems;

namespace FlowApps.Survival.Server;

/// <summary>
/// Ends the process, as <c>kill -9</c> does, at the n-th hit of a named point: <c>name</c> or <c>name:3</c>, armed by a variable for the start or by a line on the standard
/// input while it runs. When that input ends, whoever started this process is gone, and so is it.
/// </summary>
internal static class CrashPoint
{
    private static volatile Armed? armed;

    public static void Listen(string? atStart)
    {
        armed = Armed.Read(atStart);
        Fault.Hit = name =>
        {
            if (armed?.IsHit(name) ?? false) Die($"crash point {name}");
        };
        new Thread(Obey) { IsBackground = true, Name = "crash points" }.Start();
    }

    private static void Obey()
    {
        while (Console.In.ReadLine() is { } line) armed = Armed.Read(line);
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

    private sealed class Armed(string point, int hit)
    {
        private int left = hit;

        public static Armed? Read(string? words) => (words ?? "").Split(':') switch
        {
            [""] => null,
            [var point, var hit] => new Armed(point, int.Parse(hit, CultureInfo.InvariantCulture)),
            [var point, ..] => new Armed(point, 1),
            _ => null,
        };

        public bool IsHit(string name) => name == point && Interlocked.Decrement(ref left) == 0;
    }
}
