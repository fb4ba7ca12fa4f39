namespace FlowApps.Web.Api.FlowTests;

/// <summary>Names a suite in lists of many.</summary>
public sealed record SuiteName(string? Namespace, string? Id);
