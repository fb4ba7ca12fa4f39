using System.Globalization;
using FlowApps.Expressions.Operators;
using FlowApps.Expressions.Rendering;
using FlowApps.Expressions.Scopes;
using FlowApps.Expressions.Templates;

namespace FlowApps.Expressions;

/// <summary>
/// Renders Pebble templates (text with <c>{{ }}</c> and <c>{% %}</c>) as Kestra does. Templates are parsed once and kept. Safe to share between threads.
/// Every error is an <see cref="ExpressionException"/>.
/// </summary>
public sealed class ExpressionEngine
{
    private readonly TemplateCache _templates;

    public ExpressionEngine(ExpressionOptions options)
    {
        Options = options;
        Culture = CultureOf(options.Locale);
        _templates = new TemplateCache(text => TemplateParser.Parse(text, options));
    }

    public ExpressionOptions Options { get; }

    internal CultureInfo Culture { get; }

    /// <summary>The text that a template stands for. Text without <c>{</c> is returned untouched.</summary>
    public string Render(string template, Scope scope)
    {
        if (!template.Contains('{')) return template;
        var compiled = _templates.Get(template);
        var evaluation = new Evaluation(this, scope, compiled);
        return Guard.Run(evaluation, Options.Recursive, static (evaluation, recursive) =>
            recursive ? Repeated.Render(evaluation.Template.Source.Text, evaluation) : evaluation.Template.Render(evaluation));
    }

    /// <summary>A template that is exactly one expression gives its value itself; text beside a value that is no text is an error.</summary>
    public object? RenderTyped(string template, Scope scope)
    {
        if (!template.Contains('{')) return template;
        var evaluation = new Evaluation(this, scope, _templates.Get(template));
        return Guard.Run(evaluation, Options.Recursive, static (evaluation, recursive) =>
            recursive ? Repeated.RenderTyped(evaluation.Template.Source.Text, evaluation) : evaluation.Template.RenderTyped(evaluation));
    }

    /// <summary>Renders the texts of maps (keys and values) and lists at any depth; everything else is kept, and so is key order.</summary>
    public object? RenderDeep(object? value, Scope scope) => Deep.Map(value, text => Render(text, scope), text => Render(text, scope));

    /// <summary>As <see cref="RenderDeep"/>, but values are rendered with <see cref="RenderTyped"/>.</summary>
    public object? RenderDeepTyped(object? value, Scope scope) => Deep.Map(value, text => Render(text, scope), text => RenderTyped(text, scope));

    /// <summary>Truth of a rendered condition: false for <c>false</c>, <c>0</c>, <c>-0</c> and blank text, true for all else.</summary>
#pragma warning disable CA1822 // Whoever has an engine shall need no second type for this.
    public bool IsTruthy(string rendered) => Truth.OfRendered(rendered);
#pragma warning restore CA1822

    /// <summary>Parses only. Errors: <see cref="ExpressionException"/> with line and column.</summary>
    public void Check(string template)
    {
        if (template.Contains('{')) _templates.Get(template);
    }

    /// <summary>Names of the functions in the template that look outside (secret, kv, read, http …). What <c>render()</c> renders is not looked into.</summary>
    public IReadOnlyCollection<string> OutsideFunctionsIn(string template) => template.Contains('{') ? _templates.Get(template).OutsideFunctions : [];

    internal Template Compile(string template) => _templates.Get(template);

    internal static CultureInfo CultureOf(string locale)
    {
        try
        {
            return CultureInfo.GetCultureInfo(locale.Replace('_', '-'));
        }
        catch (CultureNotFoundException failure)
        {
            throw new ExpressionException($"Invalid locale format: {locale}", failure);
        }
    }
}
