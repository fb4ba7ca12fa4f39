using System.Globalization;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Expressions;

namespace FlowApps.Engine.Executions;

/// <summary>A template asks something outside, and no answer is recorded yet: the run waits until a worker has answered.</summary>
internal sealed class OutsideAskedException(string template) : Exception
{
    public string Template { get; } = template;
}

/// <summary>Renders what decides the flow, with the pure function set and the recorded answers of what had to look outside.</summary>
public sealed class Rendering(ExpressionEngine expressions, Func<Scope> scope, IReadOnlyDictionary<string, object?> answers)
{
    private Scope? made;

    public Scope Scope => made ??= scope();

    /// <summary>Text; null stays null. Errors: <see cref="ExpressionException"/>.</summary>
    public string? Text(string? template)
    {
        if (template is null || !template.Contains('{', StringComparison.Ordinal)) return template;
        if (answers.TryGetValue(template, out var answer)) return TextOf(answer);
        try
        {
            return expressions.Render(template, Scope);
        }
        catch (OutsideNeededException)
        {
            throw new OutsideAskedException(template);
        }
    }

    /// <summary>For texts that people read and that need not be templates: what cannot be rendered stays as it is.</summary>
    public string? TextOrRaw(string? text)
    {
        try
        {
            return Text(text);
        }
        catch (Exception e) when (e is ExpressionException or OutsideAskedException)
        {
            return text;
        }
    }

    /// <summary>The value itself when the text is one lone expression.</summary>
    public object? Typed(object? raw)
    {
        if (raw is not string template || !template.Contains('{', StringComparison.Ordinal)) return raw is string or null ? raw : DeepTyped(raw);
        if (answers.TryGetValue(template, out var answer)) return answer;
        try
        {
            return expressions.RenderTyped(template, Scope);
        }
        catch (OutsideNeededException)
        {
            throw new OutsideAskedException(template);
        }
    }

    /// <summary>Maps (keys and values) and lists deeply; strings become text, everything else is kept.</summary>
    public object? Deep(object? raw) => Walk(raw, text => Text(text));

    /// <summary>As <see cref="Deep"/>, but lone expressions keep their type.</summary>
    public object? DeepTyped(object? raw) => Walk(raw, Typed);

    public bool Truthy(string template) => expressions.IsTruthy(Text(template) ?? "");

    /// <summary>A dynamic property, converted; absent gives default. Errors: <see cref="FormatException"/>.</summary>
    public T? Property<T>(Property<T>? property) => property is null ? default : PropertyConversion.To<T>(property.Raw, Text, Deep);

    /// <summary>The same with some entries of a root map changed.</summary>
    public Rendering WithEntries(string root, params IReadOnlyList<(string Key, object? Value)> entries) => new(expressions, () =>
    {
        var map = Data.Map();
        if (Scope.TryGet(root, out var old) && old is IReadOnlyDictionary<string, object?> entriesBefore)
            foreach (var (key, value) in entriesBefore) map[key] = value;
        foreach (var (key, value) in entries) map[key] = value;
        return Scope.With(root, map);
    }, answers);

    /// <summary>The same with one more root.</summary>
    public Rendering With(string root, object? value) => new(expressions, () => Scope.With(root, value), answers);

    /// <summary>One expression over one value.</summary>
    internal object? Value(string template, string name, object? value) => expressions.RenderTyped(template, Scope.Empty.With(name, value));

    /// <summary>How a value prints: as an expression would print it.</summary>
    public string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        int or long => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => expressions.Render("{{ value }}", Scope.Empty.With("value", value)),
    };

    private object? Walk(object? raw, Func<string, object?> leaf)
    {
        switch (raw)
        {
            case string text: return leaf(text);
            case IReadOnlyDictionary<string, object?> map:
                var rendered = Data.Map();
                foreach (var (key, value) in map) rendered[Text(key)!] = Walk(value, leaf);
                return rendered;
            case IReadOnlyList<object?> list: return list.Select(item => Walk(item, leaf)).ToList();
            default: return raw;
        }
    }
}
