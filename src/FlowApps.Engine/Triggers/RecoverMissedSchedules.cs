namespace FlowApps.Engine.Triggers;

/// <summary>What happens at start-up with dates missed while the server was down.</summary>
public enum RecoverMissedSchedules { All, Last, None }
