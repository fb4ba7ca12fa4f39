using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FlowApps.Web.Api;

/// <summary>Gives each operation of the OpenAPI document the words that stand at its class, and the refusal that all share.</summary>
public sealed partial class OperationTexts : IOpenApiOperationTransformer
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Summaries = new(Read);

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var handler = context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault()?.DeclaringType;
        while (handler?.DeclaringType is { } outer) handler = outer;
        if (handler is not null && Summaries.Value.TryGetValue(handler.FullName!, out var summary)) operation.Summary = summary;
        operation.Responses ??= [];
        operation.Responses.TryAdd("default", new OpenApiResponse { Description = "Refused: a problem document (RFC 9457) with code, path, line, column and suggestion." });
        return Task.CompletedTask;
    }

    private static Dictionary<string, string> Read()
    {
        var file = Path.ChangeExtension(typeof(OperationTexts).Assembly.Location, ".xml");
        if (!File.Exists(file)) return [];
        return XDocument.Load(file).Descendants("member")
            .Select(member => (Name: (string?)member.Attribute("name") ?? "", Text: member.Element("summary")))
            .Where(member => member.Name.StartsWith($"T:{typeof(OperationTexts).Namespace}.", StringComparison.Ordinal) && member.Text is not null)
            .ToDictionary(member => member.Name[2..], member => Whitespace().Replace(member.Text!.Value, " ").Trim(), StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
