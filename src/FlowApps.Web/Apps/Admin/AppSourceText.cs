using FlowApps.Domain.Apps;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Apps.Admin;

/// <summary>An app's text as it stands in the editor. <c>Revision</c> 0: not stored yet.</summary>
public sealed record AppSourceText(string Text, AppReading Reading, int Revision = 0, Problem? Refused = null);
