using System.Text.Json.Serialization;
using FlowApps.Domain.Plugins;

namespace FlowApps.Domain.Flows;

public enum RetryBehavior { RetryFailedTask, CreateNewExecution }

/// <summary>When to try again (kestra-semantics 3.3). <c>MaxAttempts</c> counts all attempts; <c>MaxDuration</c> runs from the first attempt's start.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ConstantRetry), "constant")]
[JsonDerivedType(typeof(ExponentialRetry), "exponential")]
[JsonDerivedType(typeof(RandomRetry), "random")]
public abstract record Retry
{
    public TimeSpan? MaxDuration { get; init; }
    [Alias("maxAttempt")]
    public int? MaxAttempts { get; init; }
    public bool WarningOnRetry { get; init; }
    public RetryBehavior Behavior { get; init; }
}

public sealed record ConstantRetry(TimeSpan Interval) : Retry;

public sealed record ExponentialRetry(TimeSpan Interval, TimeSpan MaxInterval, double DelayFactor = 2) : Retry;

public sealed record RandomRetry(TimeSpan MinInterval, TimeSpan MaxInterval) : Retry;
