using FlowApps.Domain.Tasks;

namespace FlowApps.Domain.Files;

/// <summary>Which files of the namespace are laid into a task's working directory.</summary>
public sealed record NamespaceFiles
{
    /// <summary>Whether files of the namespace are fetched.</summary>
    public Property<bool>? Enabled { get; init; }

    /// <summary>Glob patterns of the files to fetch; all files when absent.</summary>
    public Property<IReadOnlyList<string>>? Include { get; init; }

    /// <summary>Glob patterns of the files to leave out.</summary>
    public Property<IReadOnlyList<string>>? Exclude { get; init; }

    /// <summary>The namespaces to fetch from, later ones win; the flow's own when absent.</summary>
    public Property<IReadOnlyList<string>>? Namespaces { get; init; }

    /// <summary>Lay the files of each namespace into a folder of its name.</summary>
    public Property<bool>? FolderPerNamespace { get; init; }
}
