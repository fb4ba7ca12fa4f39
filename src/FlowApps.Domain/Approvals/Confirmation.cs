namespace FlowApps.Domain.Approvals;

/// <summary>What a person has to show once more at the moment of deciding.</summary>
public enum Confirmation
{
    /// <summary>Being signed in is enough.</summary>
    None,

    /// <summary>The password of their account.</summary>
    Password,
}
