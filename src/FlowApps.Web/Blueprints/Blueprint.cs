using FlowApps.Domain.Flows;

namespace FlowApps.Web.Blueprints;

/// <summary>A flow to begin with: what it is for, and its text. <c>Id</c> is the name of its file, and of the flow.</summary>
public sealed record Blueprint(string Id, string Title, string Description, IReadOnlyList<string> Tags, string Source, Flow Flow)
{
    /// <summary>What it is made of, triggers first: each type once.</summary>
    public IReadOnlyList<string> Types { get; } = Flow.Triggers.Select(trigger => trigger.Type).Concat(Flow.AllTasks().Select(task => task.Type)).Distinct(StringComparer.Ordinal).ToList();

    /// <summary>Every word occurs somewhere: in the title, the description, the tags or the name of a type.</summary>
    public bool Has(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
        Title.Contains(word, StringComparison.OrdinalIgnoreCase)
        || Description.Contains(word, StringComparison.OrdinalIgnoreCase)
        || Tags.Any(tag => tag.Contains(word, StringComparison.OrdinalIgnoreCase))
        || Types.Any(type => type.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
