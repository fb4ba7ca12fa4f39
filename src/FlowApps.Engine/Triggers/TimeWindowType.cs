namespace FlowApps.Engine.Triggers;

public enum TimeWindowType { DurationWindow, SlidingWindow, DailyTimeDeadline, DailyTimeWindow }
