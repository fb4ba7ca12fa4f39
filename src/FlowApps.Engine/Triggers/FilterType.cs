namespace FlowApps.Engine.Triggers;

public enum FilterType { EqualTo, NotEqualTo, In, NotIn, IsTrue, IsFalse, IsNull, IsNotNull, StartsWith, EndsWith, Regex, Contains }
