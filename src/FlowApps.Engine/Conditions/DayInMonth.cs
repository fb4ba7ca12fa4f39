namespace FlowApps.Engine.Conditions;

public enum DayInMonth { First, Second, Third, Fourth, Last }
