using System.Text.Json;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Flows.Tests;

/// <summary>Keeps the tests of a flow's form beside the flow, and runs them.</summary>
public sealed class TestDesk(IDocumentStore documents, IFormTests tests)
{
    private const string Kind = "form-tests";

    public async Task<string?> FindAsync(FlowId flow, CancellationToken cancellation) => (await documents.LoadAsync<StoredTests>(Kind, Id(flow), cancellation))?.Value.Source;

    /// <summary>Errors: Invalid when the text cannot be read or is about another flow.</summary>
    public async Task SaveAsync(FlowId flow, string source, CancellationToken cancellation)
    {
        var reading = tests.Read(source);
        var suite = reading.Suite ?? throw new RefusedException(RefusalKind.Invalid, reading.Problems);
        if (suite.Flow != flow) throw RefusedException.Invalid("other_flow", $"These tests are about {suite.Flow}, not about {flow}.");
        await documents.WriteAsync([new DocumentWrite(Kind, Id(flow), JsonSerializer.Serialize(new StoredTests(source), Data.Json), Namespace: flow.Namespace)], cancellation);
    }

    /// <summary>What the tests of this text say now; none when it cannot be read or its flow is not there.</summary>
    public async Task<TestedForm> RunAsync(string source, CancellationToken cancellation)
    {
        var reading = tests.Read(source);
        if (reading.Suite is null) return new TestedForm(reading.Problems, []);
        try
        {
            return new TestedForm([], await tests.RunAsync(reading.Suite, cancellation));
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.NotFound)
        {
            return new TestedForm(refused.Problems, []);
        }
    }

    private static string Id(FlowId flow) => $"{flow.Namespace}/{flow.Id}";
}
