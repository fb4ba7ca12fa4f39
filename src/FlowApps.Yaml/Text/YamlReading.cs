using FlowApps.Domain.Problems;

namespace FlowApps.Yaml.Text;

/// <summary>A read document: its root (null when nothing could be read) and what is wrong with the text.</summary>
public sealed record YamlReading(YamlNode? Root, IReadOnlyList<Problem> Problems);
