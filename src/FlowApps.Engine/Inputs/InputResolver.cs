using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Expressions;

namespace FlowApps.Engine.Inputs;

/// <summary>
/// Resolves inputs from what was given (kestra-semantics 2.3): text of form fields or plain data; files are <c>kestra://</c> URIs already. Used for flow inputs, for <c>onResume</c> and by
/// forms on each change.
/// </summary>
public sealed class InputResolver(ExpressionEngine expressions)
{
    /// <summary>
    /// All inputs in declaration order (those of a FORM in its place, with dotted ids), each with its value or its errors. <paramref name="scope"/>: what defaults, conditions and choices
    /// may use besides <c>inputs</c>. <paramref name="encrypt"/>: closes SECRET values; without it a secret is refused.
    /// </summary>
    public IReadOnlyList<ResolvedInput> Resolve(IReadOnlyList<InputDefinition> inputs, IReadOnlyDictionary<string, object?> given, Scope scope, Func<string, string>? encrypt = null) =>
        new Resolution(expressions, [.. inputs.SelectMany(Flatten)], given, scope, encrypt, "inputs").All();

    /// <summary>The values of the enabled inputs; ids with dots nest.</summary>
    public static OrderedDictionary<string, object?> ToMap(IEnumerable<ResolvedInput> resolved)
    {
        var map = Data.Map();
        foreach (var input in resolved.Where(r => r.Enabled)) NestedMap.Set(map, input.Input.Id, input.Value);
        return map;
    }

    private static IEnumerable<InputDefinition> Flatten(InputDefinition input) => input.Type != InputType.Form
        ? [input]
        : input.Inputs.Select(child => child with { Id = $"{input.Id}.{child.Id}", DisplayName = child.DisplayName ?? child.Id, DependsOn = Depends(child, input) });

    /// <summary>Inside a FORM its own inputs are named without it.</summary>
    private static InputDependency? Depends(InputDefinition child, InputDefinition form) => child.DependsOn is not { } own ? form.DependsOn
        : own with { Inputs = [.. own.Inputs.Select(name => form.Inputs.Any(sibling => sibling.Id == name) ? $"{form.Id}.{name}" : name)] };

    private sealed class Resolution(ExpressionEngine expressions, IReadOnlyList<InputDefinition> inputs, IReadOnlyDictionary<string, object?> given, Scope scope, Func<string, string>? encrypt, string root)
    {
        private readonly Dictionary<string, ResolvedInput> known = new(StringComparer.Ordinal);
        private readonly HashSet<string> underWay = new(StringComparer.Ordinal);
        private readonly OrderedDictionary<string, object?> clear = Data.Map();

        public IReadOnlyList<ResolvedInput> All() => [.. inputs.Select(One)];

        private ResolvedInput One(InputDefinition input)
        {
            if (known.TryGetValue(input.Id, out var done)) return done;
            if (!underWay.Add(input.Id)) return new ResolvedInput(input, null, false, false, [Wrong(input, "it depends on itself", null)]);
            return known[input.Id] = Resolve(input);
        }

        private ResolvedInput Resolve(InputDefinition input)
        {
            NestedMap.TryGet(given, input.Id, out var submitted);
            try
            {
                if (!IsEnabled(input)) return new ResolvedInput(input, submitted, false, false, []);
            }
            catch (ExpressionException e)
            {
                return new ResolvedInput(input, submitted, false, false, [Wrong(input, e.Message, submitted)]);
            }
            return input.HasRows ? Rows(input, submitted) : Value(input, submitted);
        }

        private bool IsEnabled(InputDefinition input)
        {
            if (input.DependsOn is not { } depends) return true;
            foreach (var id in depends.Inputs)
                if (inputs.FirstOrDefault(other => other.Id == id) is { } other && !One(other).Enabled) return false;
            return depends.Condition is null || Render().Truthy(depends.Condition);
        }

        private ResolvedInput Value(InputDefinition input, object? submitted)
        {
            var render = Render();
            IReadOnlyList<InputOption> options = [];
            var fetched = false;
            var isDefault = false;
            object? value = submitted;
            try
            {
                options = InputOptions.Of(input, render);
                fetched = true;
                if (value is "" && input.Type is not (InputType.String or InputType.Secret)) value = null;
                if (value is null && (input.Defaults is not null || (input.AutoSelectFirst && options.Count > 0)))
                    (value, isDefault) = (input.Defaults is null ? options[0].Value : render.Typed(input.Defaults), true);
                if (value is null) return Without(input, options);
                var typed = InputValues.Read(input.Type, value, render, input.ItemType);
                var wrong = typed is null ? [] : InputRules.Check(input, typed, options, render).Select(reason => Wrong(input, reason, Shown(input, typed, render))).ToList();
                NestedMap.Set(clear, input.Id, typed);
                return new ResolvedInput(input, wrong.Count > 0 ? value : Closed(input, typed), true, isDefault, wrong) { Options = options };
            }
            catch (Exception e) when (e is FormatException or ExpressionException or System.Text.RegularExpressions.RegexMatchTimeoutException)
            {
                return new ResolvedInput(input, value, true, isDefault, [Wrong(input, e.Message, value is null ? null : render.TextOf(value))]) { Options = options, ChoicesFailed = !fetched };
            }
            catch (OutsideAskedException e)
            {
                return new ResolvedInput(input, value, true, isDefault, [Wrong(input, $"'{e.Template}' looks outside, which is not possible here", null)]) { Options = options, ChoicesFailed = !fetched };
            }
        }

        private ResolvedInput Rows(InputDefinition input, object? submitted)
        {
            try
            {
                var isDefault = submitted is null or "" && input.Defaults is not null;
                var given = isDefault ? Render().Typed(input.Defaults!) : submitted;
                if (given is string text) given = text.Length == 0 ? null : Data.Parse(text);
                if (given is null or IReadOnlyList<object?> { Count: 0 }) return Without(input, []);
                if (given is not IReadOnlyList<object?> items || items.Any(item => item is not IReadOnlyDictionary<string, object?>)) throw new FormatException("it must be a list of maps");
                var rows = items.Cast<IReadOnlyDictionary<string, object?>>().Select(row => new Resolution(expressions, input.Inputs, row, scope.With("inputs", clear), encrypt, "row").All()).ToList();
                var wrong = InputRules.Count(input, rows.Count).Select(reason => Wrong(input, reason, rows.Count)).ToList();
                wrong.AddRange(rows.SelectMany((row, i) => row.SelectMany(field => field.Errors.Select(error => error with { Path = $"{input.Id}[{i}].{field.Input.Id}" }))));
                var values = rows.Select(object? (row) => ToMap(row)).ToList();
                NestedMap.Set(clear, input.Id, values);
                return new ResolvedInput(input, values, true, isDefault, wrong) { Rows = rows };
            }
            catch (Exception e) when (e is FormatException or ExpressionException or System.Text.Json.JsonException)
            {
                return new ResolvedInput(input, submitted, true, false, [Wrong(input, e.Message, submitted is null ? null : Render().TextOf(submitted))]);
            }
        }

        private ResolvedInput Without(InputDefinition input, IReadOnlyList<InputOption> options)
        {
            NestedMap.Set(clear, input.Id, null);
            return new ResolvedInput(input, null, true, false, input.Required ? [Wrong(input, "missing required input", null, "missing_input")] : []) { Options = options };
        }

        private Rendering Render() => new(expressions, () => scope.With(root, clear), Data.Map());

        private object? Closed(InputDefinition input, object? typed) => input.Type != InputType.Secret || typed is not string text ? typed
            : encrypt is null ? throw new FormatException("it is a secret, and no encryption key is configured") : Encryption.Wrap(encrypt(text));

        private static string Shown(InputDefinition input, object value, Rendering render) => input.Type switch
        {
            InputType.Secret => "******",
            InputType.Time => InputRules.TimeText(InputValues.Time(value, render)),
            _ => render.TextOf(value),
        };

        private static Problem Wrong(InputDefinition input, string reason, object? value, string code = "invalid_input") =>
            new(code, $"Invalid input for `{input.Id}`, {reason}, but received `{value ?? "null"}`", input.Id);
    }
}
