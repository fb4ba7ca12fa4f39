namespace FlowApps.Engine.Triggers;

/// <summary>The time within which everything that a Flow trigger waits for must have happened.</summary>
public interface IWindow
{
    /// <summary>The window that a moment falls into; null when it falls into none.</summary>
    (DateTimeOffset Start, DateTimeOffset End)? At(DateTimeOffset now);
}
