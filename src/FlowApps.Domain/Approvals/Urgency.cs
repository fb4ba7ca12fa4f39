namespace FlowApps.Domain.Approvals;

/// <summary>How pressing a question is: what is more so comes first in the inbox.</summary>
public enum Urgency { Low, Normal, High }
