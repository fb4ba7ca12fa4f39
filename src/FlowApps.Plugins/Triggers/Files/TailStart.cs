namespace FlowApps.Plugins.Triggers.Files;

/// <summary>Where a tail begins when it remembers nothing.</summary>
public enum TailStart
{
    /// <summary>With what is written from now on.</summary>
    End,

    /// <summary>With what is there.</summary>
    Beginning,
}
