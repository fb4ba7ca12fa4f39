namespace FlowApps.Plugins.Triggers.Files;

/// <summary>What becomes of a file whose execution is stored.</summary>
public enum FileAction
{
    /// <summary>It stays; the trigger remembers that it was seen.</summary>
    None,

    /// <summary>It goes to another folder.</summary>
    Move,

    /// <summary>It is removed.</summary>
    Delete,
}
