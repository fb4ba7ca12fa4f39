using System.Globalization;
using System.Text;

namespace FlowApps.Yaml.Text;

/// <summary>Where in a document something is, as a chain towards the root; written only when it is asked for (<c>tasks[0].cases.a</c>).</summary>
internal sealed class NodePath
{
    private readonly NodePath? parent;
    private readonly string? name;
    private readonly int index;

    private NodePath(NodePath? parent, string? name, int index)
    {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    public static NodePath Root { get; } = new(null, null, 0);

    public NodePath Child(string key) => new(this, key, 0);

    public NodePath Item(int at) => new(this, null, at);

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    /// <summary>The path of something below this one; null stays this one.</summary>
    public string Below(string? relative)
    {
        var text = ToString();
        if (string.IsNullOrEmpty(relative)) return text;
        return text.Length == 0 ? relative : relative[0] == '[' ? text + relative : $"{text}.{relative}";
    }

    private void Write(StringBuilder text)
    {
        if (parent is null) return;
        parent.Write(text);
        if (name is null) text.Append(CultureInfo.InvariantCulture, $"[{index}]");
        else text.Append(text.Length == 0 ? "" : ".").Append(name);
    }
}
