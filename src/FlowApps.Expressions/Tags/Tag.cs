using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Templates;
using FlowApps.Expressions.Templates.Nodes;

namespace FlowApps.Expressions.Tags;

/// <summary>A <c>{% name … %}</c> of the language. Parsing starts behind the name; null: the tag writes nothing.</summary>
internal sealed record Tag(string Name, string Does, string Form, Func<TemplateParser, int, Node?> Parse, string Example, string? Result)
    : Definition(Name, Does, [], Example, Result);
