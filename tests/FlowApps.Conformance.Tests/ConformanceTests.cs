using FlowApps.Testing.Servers;
using Xunit.Abstractions;

namespace FlowApps.Conformance.Tests;

/// <summary>A live server, graded from outside over HTTP.</summary>
public sealed class ConformanceTests(ITestOutputHelper print)
{
    [KitFact]
    public async Task A_live_server_does_what_kestra_does_for_every_case_of_the_kit()
    {
        await using var server = await ServerProcess.StartAsync(await Kit.EnvironmentAsync());
        var (code, output) = await Kit.RunAsync(Kit.Folder, "python3", "run.py", "--base", Base(server), "--auth", Admin, "--jobs", "6", "--quiet");
        print.WriteLine(output);
        Assert.True(code == 0, string.Join('\n', output.Split('\n').Where(line => line.StartsWith("FAIL", StringComparison.Ordinal)).Append(output.Trim().Split('\n')[^1])));
    }

    [KitFact]
    public async Task Kestras_published_client_works_against_a_live_server()
    {
        var folder = Directory.CreateTempSubdirectory("flowapps-sdk-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Kit.Folder, "sdk"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            var (installed, words) = await Kit.RunAsync(folder, "npm", "install", "--no-audit", "--no-fund", "--loglevel=error");
            Assert.True(installed == 0, words);
            await using var server = await ServerProcess.StartAsync(await Kit.EnvironmentAsync());
            var (code, output) = await Kit.RunAsync(folder, "node", "check.mjs", "--base", Base(server), "--auth", Admin);
            print.WriteLine(output);
            Assert.True(code == 0, string.Join('\n', output.Split('\n').Where(line => line.StartsWith("FAIL", StringComparison.Ordinal)).Append(output.Trim().Split('\n')[^1])));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Admin => $"{ServerProcess.AdminName}:{ServerProcess.AdminPassword}";

    private static string Base(ServerProcess server) => server.Address.GetLeftPart(UriPartial.Authority);
}
