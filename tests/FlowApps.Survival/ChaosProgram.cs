using System.Diagnostics;
using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>The server with crash points and planted bugs, built when a test first needs it: releases and other tests are built without them.</summary>
internal static class ChaosProgram
{
    private static readonly Lazy<Task<string>> Built = new(BuildAsync);

    public static Task<string> PathAsync() => Built.Value;

    private static async Task<string> BuildAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["build", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", "-p:IncludeSourceRevisionInInformationalVersion=false", Repository.Path("tests", "FlowApps.Survival.Server", "FlowApps.Survival.Server.csproj"), "-c", "Chaos", "-v", "q", "--nologo", "-clp:ErrorsOnly"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        // What the test host was started with is not for another build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        using var build = Process.Start(start)!;
        var said = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        if (build.ExitCode != 0) throw new InvalidOperationException($"The server of the survival tests does not build:\n{said}");
        return Repository.Path("tests", "FlowApps.Survival.Server", "bin", "Chaos", "net10.0", "FlowApps.Survival.Server.dll");
    }
}
