namespace FlowApps.Engine.Triggers;

/// <summary>A trigger whose dates are known beforehand (kestra-semantics 10.3, 10.4).</summary>
public interface IScheduled
{
    RecoverMissedSchedules? RecoverMissedSchedules { get; }

    /// <summary>The first date after that passes the check; null: none is near.</summary>
    DateTimeOffset? NextDate(DateTimeOffset after, DateCheck check);

    DateTimeOffset? PreviousDate(DateTimeOffset before, DateCheck check);

    /// <summary>A date older than this when it is looked at is skipped; null: never.</summary>
    TimeSpan? LateMaximumDelay { get; }

    /// <summary>The same with what its dates are made of rendered. Errors: of expressions, and <see cref="FormatException"/> for what is no date.</summary>
    IScheduled Rendered(Func<string, string> render) => this;

    /// <summary>A date as <c>trigger.date</c> shows it.</summary>
    string Text(DateTimeOffset date);
}
