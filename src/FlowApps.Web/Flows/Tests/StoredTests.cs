namespace FlowApps.Web.Flows.Tests;

/// <summary>The tests of a flow's form as somebody wrote them.</summary>
public sealed record StoredTests(string Source);
