using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FlowApps.Yaml.Schema;

/// <summary>Summaries of types and properties, from the documentation files beside the assemblies; null where there are none.</summary>
internal static partial class XmlDocs
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Files = new();

    public static string? Of(Type type) => Summary(Find(type.Assembly, "T:" + NameOf(type)));

    /// <summary>The property's own words, or those of the positional parameter of the same name.</summary>
    public static string? Of(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        return Summary(Find(type.Assembly, $"P:{NameOf(type)}.{property.Name}"))
            ?? Text(Find(type.Assembly, "T:" + NameOf(type))?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == property.Name));
    }

    private static XElement? Find(Assembly assembly, string member) => Files.GetOrAdd(assembly, Load).GetValueOrDefault(member);

    private static Dictionary<string, XElement> Load(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        if (assembly.Location.Length == 0 || !File.Exists(file)) return [];
        return XDocument.Load(file).Descendants("member").Where(m => m.Attribute("name") is not null).DistinctBy(m => m.Attribute("name")!.Value).ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);
    }

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Summary(XElement? member) => Text(member?.Element("summary"));

    /// <summary>One paragraph of Markdown, without the references that only the product's own developers follow.</summary>
    private static string? Text(XElement? element)
    {
        if (element is null) return null;
        var words = string.Concat(element.Nodes().Select(Write));
        var text = Spaces().Replace(References().Replace(words, ""), " ").Trim();
        return text.Length == 0 ? null : text;
    }

    private static string Write(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } link => Code(link.Attribute("cref")?.Value ?? link.Attribute("name")?.Value ?? link.Attribute("langword")?.Value ?? link.Value),
        XElement { Name.LocalName: "c" or "code" } code => $"`{code.Value}`",
        XElement other => string.Concat(other.Nodes().Select(Write)) + " ",
        _ => "",
    };

    private static string Code(string name) => $"`{name[(name.LastIndexOfAny(['.', ':']) + 1)..]}`";

    [GeneratedRegex(@"\s*\((see )?kestra-semantics[^)]*\)|kestra-semantics [0-9.]+", RegexOptions.CultureInvariant)]
    private static partial Regex References();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
