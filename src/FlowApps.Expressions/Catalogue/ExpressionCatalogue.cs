using FlowApps.Expressions.Catalogue;

namespace FlowApps.Expressions;

/// <summary>Everything the expression language has, for reference pages and editor completion.</summary>
public static class ExpressionCatalogue
{
    public static IReadOnlyList<CatalogueEntry> Entries { get; } =
    [
        .. Registry.Filters.Values.OrderBy(filter => filter.Name, StringComparer.Ordinal).Select(filter => Entry(EntryKind.Filter, filter, "| " + Call(filter.Signature))),
        .. Registry.Functions.Values.OrderBy(function => function.Name, StringComparer.Ordinal).Select(function => Entry(EntryKind.Function, function, Call(function.Signature, always: true)) with { IsOutside = function.IsOutside }),
        .. Registry.Tests.Values.OrderBy(test => test.Name, StringComparer.Ordinal).Select(test => Entry(EntryKind.Test, test, "is " + Call(test.Signature))),
        .. Registry.Tags.Values.OrderBy(tag => tag.Name, StringComparer.Ordinal).Select(tag => Entry(EntryKind.Tag, tag, tag.Form)),
        .. OperatorReference.All,
    ];

    private static CatalogueEntry Entry(EntryKind kind, Definition definition, string signature) => new(
        kind, definition.Name, definition.Does, signature,
        [.. definition.Signature.Declared.Select(parameter => new EntryParameter(parameter.TrimEnd('?'), parameter.EndsWith('?') || parameter == "…"))],
        definition.Example, definition.Result, IsOutside: false);

    private static string Call(Signature signature, bool always = false) =>
        signature.Declared.Count == 0 && !always ? signature.Name : $"{signature.Name}({string.Join(", ", signature.Declared)})";
}
