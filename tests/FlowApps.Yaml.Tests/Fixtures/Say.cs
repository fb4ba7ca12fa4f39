using FlowApps.Domain.Logs;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Tasks;

namespace FlowApps.Yaml.Tests.Fixtures;

/// <summary>Says something.</summary>
[Plugin("test.Say", "io.old.Say", "io.kestra.plugin.old.Say")]
public sealed record Say : RunnableTask, IValidated
{
    /// <summary>What to say.</summary>
    public required Property<string> Message { get; init; }
    public Property<TimeSpan>? Delay { get; init; }
    public LogLevel Level { get; init; } = FlowApps.Domain.Logs.LogLevel.Info;

    [Alias("volume", "strength")]
    public int Loudness { get; init; } = 3;

    [Deprecated("message")]
    public string? Text { get; init; }
    public TimeSpan? Pause { get; init; }
    public SayOptions? Options { get; init; }
    public IReadOnlyDictionary<string, SayOptions> ByName { get; init; } = new OrderedDictionary<string, SayOptions>();

    public IEnumerable<Problem> Validate()
    {
        if (Loudness > 10) yield return new Problem("too_loud", "is too loud", "loudness");
        if (Options?.Words.Count > 2) yield return new Problem("too_many_words", "too many words", "options.words[2]");
    }

    public override ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation) => new(TaskOutcome.Success());
}

public sealed record SayOptions
{
    public IReadOnlyList<string> Words { get; init; } = [];
    public bool Twice { get; init; }
}
