using FlowApps.Domain.Tasks;

namespace FlowApps.Domain.Approvals;

/// <summary>Until when a decision is wanted.</summary>
public sealed record DueDefinition
{
    /// <summary>How long there is to decide, in working time when there is a calendar: PT16H are two days of eight hours.</summary>
    public Property<TimeSpan>? Within { get; init; }

    /// <summary>The moment itself, such as an input.</summary>
    public Property<DateTimeOffset>? At { get; init; }

    /// <summary>The hours that count; every hour when absent.</summary>
    public BusinessCalendar? Calendar { get; init; }
}

/// <summary>Working hours. Give it to all approvals of a flow or of the server with plugin defaults.</summary>
public sealed record BusinessCalendar
{
    /// <summary>The zone in which hours and days are meant.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>When a working day begins.</summary>
    public TimeOnly From { get; init; } = new(9, 0);

    /// <summary>When it ends.</summary>
    public TimeOnly To { get; init; } = new(17, 0);

    /// <summary>The days of the week that count; Monday to Friday when absent.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>Days that do not count.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];
}

/// <summary>When those who have not decided are reminded: so long after they were asked, or so long before it is due, in working time when there is a calendar.</summary>
public sealed record Reminder
{
    public TimeSpan? After { get; init; }
    public TimeSpan? Before { get; init; }
}

/// <summary>Who is asked as well when nobody has decided, and when: a step of the ladder.</summary>
public sealed record Escalation
{
    /// <summary>So long after the question was asked, in working time when there is a calendar.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>So long before it is due.</summary>
    public TimeSpan? Before { get; init; }

    /// <summary>User names, or e-mail addresses of guests without an account; expressions may give one or a list.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Groups of users; expressions may give one name or a list.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>They are asked in the place of those asked before, not besides them.</summary>
    public bool Instead { get; init; }
}
