using System.Text.Json;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Apps.Blocks;

/// <summary>Rows of a Table or Chart: a list of maps, or an expression that gives one, as data or as JSON text.</summary>
public static class BlockRows
{
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows(this BlockContext context, object data)
    {
        var value = context.Value(data);
        if (value is string text && text.TrimStart().StartsWith('['))
        {
            try
            {
                value = Data.Parse(text);
            }
            catch (JsonException)
            {
                value = null;
            }
        }
        return (value as IReadOnlyList<object?>)?.OfType<IReadOnlyDictionary<string, object?>>().ToList() ?? [];
    }
}
