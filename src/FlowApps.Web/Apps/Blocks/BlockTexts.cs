using System.Text.RegularExpressions;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Values;
using FlowApps.Expressions;
using FlowApps.Web.Apps.Wording;
using FlowApps.Web.Layout;
using FlowApps.Web.Look;
using FlowApps.Web.Security;

namespace FlowApps.Web.Apps.Blocks;

/// <summary>
/// Renders the texts of an app over the request's variables. What comes out of an expression is data: it is never rendered again, and inside
/// Markdown it is escaped, so that an answer cannot make a link or a heading. A text that cannot be rendered shows nothing but a dash.
/// </summary>
public sealed partial class BlockTexts(ExpressionEngine expressions, ReaderLanguage language)
{
    public BlockContext For(App app, IReadOnlyDictionary<string, object?> variables)
    {
        var roots = Data.Map();
        foreach (var (name, value) in variables) roots[name] = value;
        roots["app"] = Data.Map(("id", app.Id), ("namespace", app.Namespace), ("name", app.Name()), ("url", Routes.To(Routes.App, app.Namespace, app.Id)));
        var scope = new Scope(roots);
        var wording = AppWording.Of(app, language.Wanted);
        return new BlockContext(app, wording, text => Render(wording.Say(text), scope), text => Markdown(wording.Say(text), scope), value => Value(value, scope));
    }

    /// <summary>Whether a block's own condition lets it show.</summary>
    public bool Shows(AppBlock block, BlockContext context) => block.When is null || expressions.IsTruthy(context.Text(block.When));

    private string Render(string text, Scope scope)
    {
        try
        {
            return expressions.Render(text, scope);
        }
        catch (ExpressionException)
        {
            return "–";
        }
    }

    private string Markdown(string text, Scope scope) => text.Contains("{%", StringComparison.Ordinal)
        ? Render(text, scope)
        : Expression().Replace(text, match => SafeMarkdown.Escape(Render(match.Value, scope)));

    private object? Value(object value, Scope scope)
    {
        try
        {
            return expressions.RenderDeepTyped(value, scope);
        }
        catch (ExpressionException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\{\{.*?\}\}", RegexOptions.Singleline)]
    private static partial Regex Expression();
}
