namespace FlowApps.Domain.Security;

public enum Role { Requester, Approver, Developer, Admin }

/// <summary>Someone who can sign in. <c>PasswordHash</c> never leaves the store but for checking.</summary>
public sealed record User(string Name, string DisplayName, IReadOnlyList<Role> Roles)
{
    public string? Email { get; init; }
    public IReadOnlyList<string> Groups { get; init; } = [];
    public string? PasswordHash { get; init; }
    public bool Disabled { get; init; }

    /// <summary>UI choices: theme, time zone, language.</summary>
    public IReadOnlyDictionary<string, string> Preferences { get; init; } = new Dictionary<string, string>();
}

/// <summary>What a person may do. Every endpoint, hub method and command names one; roles map to sets of them in one place.</summary>
public enum Permission
{
    UseApps, DecideApprovals,
    ReadFlows, WriteFlows, ReadExecutions, RunExecutions, DeleteExecutions,
    ReadLogs, ReadTriggers, WriteTriggers, ReadNamespaces, WriteNamespaces, ReadSecretNames, WriteSecrets,
    ReadApps, WriteApps, Administer,
}

public static class Roles
{
    private static readonly IReadOnlySet<Permission> Requests = new HashSet<Permission> { Permission.UseApps };
    private static readonly IReadOnlySet<Permission> Approvals = new HashSet<Permission> { Permission.UseApps, Permission.DecideApprovals };
    private static readonly IReadOnlySet<Permission> Development = Enum.GetValues<Permission>().Except([Permission.Administer]).ToHashSet();
    private static readonly IReadOnlySet<Permission> Everything = Enum.GetValues<Permission>().ToHashSet();

    public static IReadOnlySet<Permission> Permissions(this Role role) => role switch
    {
        Role.Requester => Requests,
        Role.Approver => Approvals,
        Role.Developer => Development,
        Role.Admin => Everything,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    public static bool May(this User user, Permission permission) => !user.Disabled && user.Roles.Any(role => role.Permissions().Contains(permission));
}
