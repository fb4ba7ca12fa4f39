namespace FlowApps.Domain.Approvals;

/// <summary>A stage as a flow writes it.</summary>
public sealed record StageDefinition
{
    /// <summary>Its name; the groups' and users' names when absent.</summary>
    public string? Id { get; init; }

    /// <summary>User names, or e-mail addresses of guests without an account; expressions may give one or a list.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Groups of users; expressions may give one name or a list.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>How many of them have to approve.</summary>
    public int Quorum { get; init; } = 1;
}

/// <summary>Whether stages decide side by side or one after the other.</summary>
public enum StageOrder { Together, InOrder }

/// <summary>Who decides nothing, whatever else the policy says.</summary>
public sealed record Exclusion
{
    /// <summary>Whoever asked.</summary>
    public bool Requester { get; init; } = true;

    /// <summary>Whoever saved the running revision of the flow.</summary>
    public bool Editor { get; init; }

    /// <summary>User names, or e-mail addresses of guests without an account; expressions may give one or a list.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];
}
