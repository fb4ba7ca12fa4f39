using FlowApps.Domain.Flows;
using FlowApps.Web.Layout;

namespace FlowApps.Web.Blueprints;

/// <summary>
/// A flow to begin with: what it is for, and its text. <c>Id</c> is the name of its file without extension; <c>Namespace</c> the one that keeps it, null for those that
/// come with the program.
/// </summary>
public sealed record Blueprint(string? Namespace, string Id, BlueprintHead Head, string Source, Flow Flow)
{
    /// <summary>How the editor is told which one to begin with.</summary>
    public string Name => Namespace is null ? Id : $"{Namespace}/{Id}";

    public string Address => Namespace is null ? Routes.To(Routes.Blueprint, Id) : Routes.To(Routes.OwnBlueprint, Namespace, Id);

    /// <summary>What it is made of, triggers first: each type once.</summary>
    public IReadOnlyList<string> Types { get; } = Flow.Triggers.Select(trigger => trigger.Type).Concat(Flow.AllTasks().Select(task => task.Type)).Distinct(StringComparer.Ordinal).ToList();

    /// <summary>The text of a new flow: the source, a template's with the defaults of its arguments.</summary>
    public required string Start { get; init; }

    /// <summary>What is asked for before it is used; null when it is used as it is.</summary>
    public BlueprintTemplate? Template { get; init; }

    /// <summary>It carries the tag, and every word occurs somewhere: in the title, the description, the tags or the name of a type.</summary>
    public bool Fits(string? words, string? tag) => (tag is null || Head.Tags.Contains(tag)) && (words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
        Head.Title.Contains(word, StringComparison.OrdinalIgnoreCase)
        || Head.Description.Contains(word, StringComparison.OrdinalIgnoreCase)
        || Head.Tags.Any(tag => tag.Contains(word, StringComparison.OrdinalIgnoreCase))
        || Types.Any(type => type.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
