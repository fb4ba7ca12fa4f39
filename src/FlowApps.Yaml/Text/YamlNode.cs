using FlowApps.Domain.Values;

namespace FlowApps.Yaml.Text;

/// <summary>
/// A piece of a YAML text and where it stands (<c>Line</c>, <c>Column</c> from 1; 0 when it comes from no text). Nodes never change, so an alias
/// is the node it names. <c>Size</c> counts the node and all below it, <c>Height</c> how many lists and maps lie inside each other.
/// </summary>
public abstract class YamlNode(int line, int column)
{
    public int Line { get; } = line;
    public int Column { get; } = column;
    public abstract int Size { get; }
    public abstract int Height { get; }

    /// <summary>As plain data (see <see cref="Data"/>).</summary>
    public abstract object? ToData();

    /// <summary>The word for it in messages.</summary>
    public abstract string Kind { get; }

    /// <summary>A node for plain data that stands in no text.</summary>
    public static YamlNode Of(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map => new YamlMapping([.. map.Select(e => new YamlEntry(new YamlScalar(e.Key, e.Key, 0, 0), Of(e.Value)))], 0, 0),
        IEnumerable<object?> items => new YamlSequence([.. items.Select(Of)], 0, 0),
        string text => new YamlScalar(text, text, 0, 0),
        _ => new YamlScalar(value is null ? "" : Data.Write(value).Trim('"'), value, 0, 0),
    };
}

/// <summary>A single value: its text as written and what the text means (YAML 1.1, as Kestra's parser takes it).</summary>
public sealed class YamlScalar(string text, object? value, int line, int column) : YamlNode(line, column)
{
    public string Text { get; } = text;
    public object? Value { get; } = value;
    public bool IsNull => Value is null;
    public override int Size => 1;
    public override int Height => 0;
    public override string Kind => Value switch { null => "nothing", bool => "true or false", string => "text", _ => "a number" };
    public override object? ToData() => Value;
}

public sealed class YamlSequence : YamlNode
{
    public YamlSequence(IReadOnlyList<YamlNode> items, int line, int column) : base(line, column)
    {
        Items = items;
        foreach (var item in items)
        {
            Size += item.Size;
            Height = Math.Max(Height, item.Height);
        }
        Size++;
        Height++;
    }

    public IReadOnlyList<YamlNode> Items { get; }
    public override int Size { get; }
    public override int Height { get; }
    public override string Kind => "a list";

    public override object ToData()
    {
        var list = new List<object?>(Items.Count);
        foreach (var item in Items) list.Add(item.ToData());
        return list;
    }
}

/// <summary>A key and its value; keys are always text, as written.</summary>
public readonly record struct YamlEntry(YamlScalar Key, YamlNode Value)
{
    public string Name => Key.Text;
}

/// <summary>A map in the order of its text; no key twice.</summary>
public sealed class YamlMapping : YamlNode
{
    public YamlMapping(IReadOnlyList<YamlEntry> entries, int line, int column) : base(line, column)
    {
        Entries = entries;
        foreach (var (_, value) in entries)
        {
            Size += value.Size + 1;
            Height = Math.Max(Height, value.Height);
        }
        Size++;
        Height++;
    }

    public IReadOnlyList<YamlEntry> Entries { get; }
    public override int Size { get; }
    public override int Height { get; }
    public override string Kind => "a map";

    /// <summary>The value of a key; null when the map does not have it.</summary>
    public YamlNode? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
                if (entry.Name == key) return entry.Value;
            return null;
        }
    }

    /// <summary>The text of a key's scalar; null when there is none.</summary>
    public string? Text(string key) => this[key] is YamlScalar { IsNull: false } scalar ? scalar.Text : null;

    public override object ToData()
    {
        var map = Data.Map();
        foreach (var (key, value) in Entries) map[key.Text] = value.ToData();
        return map;
    }
}
