using System.Collections.Concurrent;
using FlowApps.Testing;
using FlowApps.Testing.Servers;
using Xunit.Abstractions;

namespace FlowApps.Specs.Blueprints;

/// <summary>What the gallery offers runs as it is: on a fresh server, without a network, with the inputs' defaults.</summary>
public sealed class BlueprintTests(ITestOutputHelper print)
{
    private const int Least = 40;
    private const int AtOnce = 6;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Every_blueprint_ends_well_on_a_fresh_server_and_waits_for_people_only_when_it_is_about_them()
    {
        var files = Directory.GetFiles(Repository.Path("blueprints"), "*.yaml");
        Assert.True(files.Length >= Least, $"There are {files.Length} blueprints.");
        await using var server = await ServerProcess.StartAsync("--demo");
        using var limit = new CancellationTokenSource(Limit);
        using var client = new FlowClient(server.Address);
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = limit.Token }, async (file, cancellation) =>
        {
            var text = await File.ReadAllTextAsync(file, cancellation);
            var name = Path.GetFileNameWithoutExtension(file);
            if (await client.SaveAsync(text, cancellation) is { } refused)
            {
                wrong.Add($"{name} is refused: {refused}");
                return;
            }
            var asks = text.Split('\n').Any(line => line.StartsWith("# tags:", StringComparison.Ordinal) && line.Contains("approvals", StringComparison.Ordinal));
            var run = await client.RunAsync(name, answer: asks, cancellation);
            print.WriteLine($"{name}: {run.State}, {run.Answered} answered");
            if (run.State != "SUCCESS" || asks != run.Answered > 0) wrong.Add($"{name} ended {run.State} after {run.Answered} answers. {run.Errors}");
        });
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order()));
    }
}
