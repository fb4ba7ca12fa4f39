using System.Diagnostics;
using System.Globalization;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Web.Layout;

namespace FlowApps.Web.Flows.Tests;

/// <summary>
/// <c>form-tests FILE|FOLDER …</c>: runs the tests of forms from files, without a server and without a database. Flows, apps and tests are told apart by what they hold; a test finds its
/// flow and app among the files that were named.
/// </summary>
public static class CommandLine
{
    public const string Name = "form-tests";

    /// <summary>0 when every case is as expected, 1 when one is not, 2 when something could not be read.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> paths, TextWriter output)
    {
        var data = Directory.CreateTempSubdirectory("flowapps-tests-").FullName;
        try
        {
            await using var server = Server.Build([$"--FlowApps:Data={data}", "--Logging:LogLevel:Default=None"]);
            var (flows, apps, tests) = (server.Services.GetRequiredService<IFlows>(), server.Services.GetRequiredService<IApps>(), server.Services.GetRequiredService<IFormTests>());
            var known = new Dictionary<FlowId, Flow>();
            var shown = new Dictionary<(string, string), App>();
            var suites = new List<(string File, string Source)>();
            foreach (var file in paths.SelectMany(Files))
            {
                var source = await File.ReadAllTextAsync(file);
                if (tests.Read(source).Suite is not null) suites.Add((file, source));
                else if (apps.Read(source).App is { } app) shown[(app.Namespace, app.Id)] = app;
                else if (flows.Read(source).Flow is { } flow) known[flow.Key] = flow;
                else if (source.Contains("\ncases:", StringComparison.Ordinal)) suites.Add((file, source));
            }
            return Run(suites, known, shown, tests, output);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static int Run(List<(string File, string Source)> suites, Dictionary<FlowId, Flow> flows, Dictionary<(string, string), App> apps, IFormTests tests, TextWriter output)
    {
        var (passed, failed, broken) = (0, 0, suites.Count == 0 ? 1 : 0);
        if (suites.Count == 0) output.WriteLine("There are no tests of forms in these files.");
        var clock = Stopwatch.StartNew();
        foreach (var (file, source) in suites)
        {
            var reading = tests.Read(source);
            if (reading.Suite is not { } suite || !flows.TryGetValue(suite.Flow, out var flow))
            {
                broken++;
                foreach (var problem in reading.Problems) output.WriteLine($"{file}:{problem.Line}:{problem.Column} {problem}");
                if (reading.Suite is { } lost) output.WriteLine($"{file}: the flow {lost.Flow} is not among the files.");
                continue;
            }
            foreach (var result in tests.Run(suite, flow, suite.AppId is null ? null : apps.GetValueOrDefault((suite.Namespace, suite.AppId))))
            {
                if (result.Passed) passed++;
                else failed++;
                if (!result.Passed) output.WriteLine($"{file}: {result.Name}\n  {string.Join("\n  ", result.Differences)}");
            }
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} as expected, {failed} not, in {clock.Elapsed.TotalMilliseconds:0} ms"));
        return broken > 0 ? 2 : failed > 0 ? 1 : 0;
    }

    /// <summary>A file, or the YAML files of a folder and those below it.</summary>
    public static IEnumerable<string> Files(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".yaml" or ".yml").Order(StringComparer.Ordinal)
        : [path];
}
