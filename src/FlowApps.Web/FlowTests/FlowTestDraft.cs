using System.Globalization;
using System.Text;
using FlowApps.Domain.Flows;
using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Tasks;

namespace FlowApps.Web.FlowTests;

/// <summary>The text that tests of a flow begin with: its required inputs, and stand-ins for what reaches outside or asks somebody.</summary>
public static class FlowTestDraft
{
    public static string Of(Flow flow)
    {
        var text = new StringBuilder($"id: {flow.Id}-tests\nnamespace: {flow.Namespace}\nflowId: {flow.Id}\ntestCases:\n  - id: all-goes-well\n    type: {FlowTestCase.UnitTest}\n");
        var asked = flow.Inputs.Where(input => input.Required && input.Defaults is null).Select(input => input.Id).ToList();
        var outside = TaskTree.Flatten(flow.Tasks).Where(task => task is RunnableTask { Quick: false } or WaitingTask or Subflow).Select(task => task.Id).ToList();
        if (asked.Count + outside.Count > 0) text.Append("    fixtures:\n");
        if (asked.Count > 0) text.Append("      inputs:\n").AppendJoin("", asked.Select(id => $"        {id}: \n"));
        if (outside.Count > 0) text.Append("      tasks:\n").AppendJoin("", outside.Select(id => $"        - id: {id}\n          outputs: {{}}\n"));
        text.Append("    expectedState: SUCCESS\n");
        if (flow.Outputs is [var output, ..]) text.Append(CultureInfo.InvariantCulture, $"    assertions:\n      - value: \"{{{{ execution.outputs.{output.Id} }}}}\"\n        isNotNull: true\n");
        return text.ToString();
    }
}
