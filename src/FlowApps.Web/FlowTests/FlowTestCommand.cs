using System.Diagnostics;
using System.Globalization;
using FlowApps.Domain.Flows;
using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Values;
using FlowApps.Web.Flows.Tests;
using FlowApps.Web.Layout;

namespace FlowApps.Web.FlowTests;

/// <summary>
/// <c>flow-tests FILE|FOLDER …</c>: runs the tests of flows from files in this process, with a database of its own that is gone afterwards. Flows and tests are told apart by what they hold; a test
/// finds its flow, and the flows that this one starts, among the files that were named. A folder <c>files</c> beside a flow, or beside its folder <c>flows</c>, holds files of its namespace.
/// No trigger fires.
/// </summary>
public static class FlowTestCommand
{
    public const string Name = "flow-tests";

    private const string FilesName = "files";

    /// <summary>0 when every case passed, 1 when one failed, 2 when something could not be read or run.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> paths, TextWriter output)
    {
        var data = Directory.CreateTempSubdirectory("flowapps-flow-tests-").FullName;
        // Started by root, the database runs as a user of its own, who must be able to enter.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(data, File.GetUnixFileMode(data) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        try
        {
            await using var server = Server.Build([$"--FlowApps:Data={data}", "--FlowApps:Roles=engine,worker", "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"]);
            var (flows, tests) = (server.Services.GetRequiredService<IFlows>(), server.Services.GetRequiredService<IFlowTests>());
            var texts = new List<(string File, string Source)>();
            foreach (var file in paths.SelectMany(CommandLine.Files).Where(file => !file.Split(Path.DirectorySeparatorChar).SkipLast(1).Contains(FilesName))) texts.Add((file, await File.ReadAllTextAsync(file)));
            var suites = texts.Where(text => tests.Read(text.Source).Suite is not null || text.Source.Contains("\ntestCases:", StringComparison.Ordinal)).ToList();
            if (suites.Count == 0)
            {
                await output.WriteLineAsync("There are no tests of flows in these files.");
                return 2;
            }
            await server.StartAsync();
            try
            {
                foreach (var (file, source) in texts.Except(suites))
                {
                    if (flows.Read(source).Flow is not { } flow) continue;
                    await flows.CreateAsync(source, null, CancellationToken.None);
                    await PutFilesAsync(flow.Namespace, file, server.Services.GetRequiredService<INamespaceFileStore>());
                }
                return await RunAsync(suites, flows, tests, output);
            }
            finally
            {
                await server.StopAsync();
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>What lies in the folder of files beside a flow becomes the files of its namespace.</summary>
    private static async Task PutFilesAsync(string ns, string flow, INamespaceFileStore files)
    {
        var own = Path.GetDirectoryName(Path.GetFullPath(flow))!;
        var folder = new[] { Path.Combine(own, FilesName), Path.GetFileName(own) == "flows" ? Path.Combine(own, "..", FilesName) : own }.FirstOrDefault(path => Path.GetFileName(path) == FilesName && Directory.Exists(path));
        if (folder is null) return;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            await using var content = File.OpenRead(file);
            await files.PutAsync(ns, Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), content, CancellationToken.None);
        }
    }

    private static async Task<int> RunAsync(List<(string File, string Source)> suites, IFlows flows, IFlowTests tests, TextWriter output)
    {
        var (passed, failed, broken, clock) = (0, 0, 0, Stopwatch.StartNew());
        foreach (var (file, source) in suites)
        {
            var reading = tests.Read(source);
            if (reading.Suite is not { } suite || await flows.FindAsync(suite.Flow, null, CancellationToken.None) is null)
            {
                broken++;
                foreach (var problem in reading.Problems) await output.WriteLineAsync($"{file}:{problem.Line}:{problem.Column} {problem}");
                if (reading.Suite is { } lost) await output.WriteLineAsync($"{file}: the flow {lost.Flow} is not among the files.");
                continue;
            }
            foreach (var result in (await tests.RunAsync(suite, [], null, CancellationToken.None)).Results)
            {
                if (result.State is FlowTestState.Success) passed++;
                else if (result.State is FlowTestState.Failed) failed++;
                else if (result.State is FlowTestState.Error) broken++;
                if (result.State is FlowTestState.Failed or FlowTestState.Error) await output.WriteLineAsync($"{file}: {result.TestId}\n  {string.Join("\n  ", Reasons(result))}");
            }
        }
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed, {broken} could not be run, in {clock.Elapsed.TotalSeconds:0.0} s"));
        return broken > 0 ? 2 : failed > 0 ? 1 : 0;
    }

    private static IEnumerable<string> Reasons(FlowTestCaseResult result) => result.Errors.Select(error => error.Message)
        .Concat(result.AssertionResults.Where(comparison => !comparison.IsSuccess).Select(comparison => comparison.ErrorMessage ?? $"{Data.Write(comparison.Actual)} {comparison.Operator} {Data.Write(comparison.Expected)} does not hold"));
}
