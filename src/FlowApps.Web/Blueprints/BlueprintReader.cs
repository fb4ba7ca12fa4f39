using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Engine.Inputs;
using FlowApps.Expressions;

namespace FlowApps.Web.Blueprints;

/// <summary>Makes blueprints from files, and flows from blueprints with blanks.</summary>
public sealed class BlueprintReader(IFlows flows, InputResolver inputs, ExpressionEngine expressions)
{
    /// <exception cref="FormatException">The head is not one, or the flow (a template's with the defaults of its arguments) is not valid.</exception>
    public Blueprint Read(string? ns, string file, string text)
    {
        var (head, source) = BlueprintHead.Cut(text);
        var template = BlueprintTemplate.Cut(source, flows);
        var start = template is null ? source : Fill(template, WithDefaults(template));
        var reading = flows.Read(start);
        return reading.Flow is { } flow
            ? new Blueprint(ns, Path.GetFileNameWithoutExtension(file), head, source, flow) { Start = start, Template = template }
            : throw new FormatException(reading.Problems[0].Message);
    }

    public IReadOnlyList<ResolvedInput> Resolve(BlueprintTemplate template, IReadOnlyDictionary<string, object?> given) => inputs.Resolve(template.Arguments, given, Scope.Empty);

    /// <summary>The flow's text with the blanks filled.</summary>
    /// <exception cref="FormatException">A blank cannot be filled.</exception>
    public string Fill(BlueprintTemplate template, IReadOnlyList<ResolvedInput> arguments)
    {
        try
        {
            return expressions.Render(template.Expression, Scope.Empty.With("arg", InputResolver.ToMap(arguments)));
        }
        catch (ExpressionException wrong)
        {
            throw new FormatException(wrong.Message, wrong);
        }
    }

    private IReadOnlyList<ResolvedInput> WithDefaults(BlueprintTemplate template)
    {
        var arguments = Resolve(template, Data.Map());
        return arguments.FirstOrDefault(argument => argument.Errors.Count > 0) is { } wrong
            ? throw new FormatException($"The argument {wrong.Input.Id} needs a default: {wrong.Errors[0].Message}")
            : arguments;
    }
}
