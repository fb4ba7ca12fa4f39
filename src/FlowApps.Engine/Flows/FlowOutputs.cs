using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Inputs;

namespace FlowApps.Engine.Flows;

/// <summary>The outputs of a flow (kestra-semantics 9.5): rendered with their types kept, then read as the declared type.</summary>
internal static class FlowOutputs
{
    /// <summary>Errors: expression exceptions, and <see cref="FormatException"/> that names the output.</summary>
    public static OrderedDictionary<string, object?> Render(IReadOnlyList<FlowOutput> outputs, Rendering render)
    {
        var rendered = Data.Map();
        foreach (var output in outputs)
        {
            var value = render.Typed(output.Value);
            if (value is null && output.Required) throw new FormatException($"The output '{output.Id}' has no value.");
            try
            {
                NestedMap.Set(rendered, output.Id, InputValues.Read(InputValues.TypeOf(output.Type), value, render));
            }
            catch (FormatException e)
            {
                throw new FormatException($"The output '{output.Id}': {e.Message}", e);
            }
        }
        return rendered;
    }
}
