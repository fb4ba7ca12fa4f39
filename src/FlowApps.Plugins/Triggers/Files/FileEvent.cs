namespace FlowApps.Plugins.Triggers.Files;

/// <summary>Which files are news.</summary>
public enum FileEvent
{
    /// <summary>Those that were not there before.</summary>
    Create,

    /// <summary>Those that were there and have changed.</summary>
    Update,

    /// <summary>Both.</summary>
    CreateOrUpdate,
}
