using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Inputs;
using FlowApps.Expressions;
using FlowApps.Runtime.Executions;
using FlowApps.Yaml.Apps;

namespace FlowApps.Runtime.Apps;

/// <summary>Tests of forms: resolves what a case gives exactly as a form does, and compares.</summary>
internal sealed class FormTests(IFlows flows, IApps apps, FormSuiteReader reader, InputReading inputs, FlowChecks checks, ExpressionEngine expressions) : IFormTests
{
    private const string TestId = "test";

    public FormSuiteReading Read(string source) => reader.Read(source);

    public async Task<IReadOnlyList<FormCaseResult>> RunAsync(FormSuite suite, CancellationToken cancellation)
    {
        var flow = await flows.FindAsync(suite.Flow, null, cancellation) ?? throw RefusedException.NotFound($"There is no flow {suite.Flow}.");
        var app = suite.AppId is null ? null : await apps.FindAsync(suite.Namespace, suite.AppId, cancellation) ?? throw RefusedException.NotFound($"There is no app {suite.Namespace}.{suite.AppId}.");
        return Run(suite, flow, app);
    }

    public IReadOnlyList<FormCaseResult> Run(FormSuite suite, Flow flow, App? app) => [.. suite.Cases.Select(one => Run(one, flow, app))];

    private FormCaseResult Run(FormCase one, Flow flow, App? app)
    {
        try
        {
            var resolved = inputs.Resolve(flow, one.Given, TestId);
            var values = InputResolver.ToMap(resolved);
            var form = new ResolvedForm(resolved, []);
            if (!form.IsWrong) form = form with { Failing = checks.Failing(flow, () => inputs.ScopeOf(flow, new NewExecution(TestId) { Inputs = values })) };
            var differences = FormComparison.Of(form, one.Expect).ToList();
            if (one.Expect.Page.Count > 0) differences.AddRange(Missing(one, flow, app, values));
            return new FormCaseResult(one.Name, differences);
        }
        catch (Exception e) when (e is RefusedException or ExpressionException)
        {
            return new FormCaseResult(one.Name, [e.Message]);
        }
    }

    /// <summary>What the section of the state should show and does not.</summary>
    private IEnumerable<string> Missing(FormCase one, Flow flow, App? app, OrderedDictionary<string, object?> values)
    {
        var blocks = app?.Layout.FirstOrDefault(section => section.On == one.Expect.State)?.Blocks;
        if (blocks is null) return [$"page: {(app is null ? "the tests name no app" : $"the app has no section for {one.Expect.State.ToString().ToUpperInvariant()}")}"];
        var scope = new Scope(Data.Map(
            ("inputs", values), ("outputs", one.Outputs), ("flow", Data.Map(("id", flow.Id), ("namespace", flow.Namespace))),
            ("app", Data.Map(("id", app!.Id), ("namespace", app.Namespace), ("name", app.Title), ("url", $"/a/{app.Namespace}/{app.Id}")))));
        var text = string.Join("\n", Shown(blocks, scope).SelectMany(Texts).Select(part => expressions.Render(part, scope)));
        return one.Expect.Page.Where(wanted => !text.Contains(wanted, StringComparison.Ordinal)).Select(wanted => $"page: “{wanted}” is not shown");
    }

    /// <summary>A block whose condition does not hold takes those inside it along.</summary>
    private IEnumerable<AppBlock> Shown(IEnumerable<AppBlock> blocks, Scope scope) =>
        blocks.Where(block => block.When is null || expressions.IsTruthy(expressions.Render(block.When, scope))).SelectMany(block => Shown(block.Inside(), scope).Prepend(block));

    private static IEnumerable<string> Texts(AppBlock block) => block switch
    {
        MarkdownBlock markdown => [markdown.Content],
        AlertBlock alert => [alert.Content],
        ButtonBlock button => [button.Text, button.Url],
        ActionBlock { Text: { } text } => [text],
        ChartBlock { Title: { } title } => [title],
        TabsBlock tabs => tabs.Tabs.Select(tab => tab.Title),
        TaskOutputsBlock outputs => outputs.Outputs.SelectMany(output => new[] { output.DisplayName, output.Value }),
        _ => [],
    };
}
