namespace FlowApps.Web.Apps.Blocks;

/// <summary>One named figure of a chart.</summary>
public sealed record ChartPoint(string Label, double Value);
