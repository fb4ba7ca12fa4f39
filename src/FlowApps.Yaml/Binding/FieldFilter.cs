namespace FlowApps.Yaml.Binding;

/// <summary>Narrows which names of a record a text may give, and what the record is then called in messages.</summary>
internal sealed record FieldFilter(string Owner, IReadOnlySet<string> Names)
{
    public bool Allows(string name) => Names.Contains(name);
}
