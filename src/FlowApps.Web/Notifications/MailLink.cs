namespace FlowApps.Web.Notifications;

/// <summary>What a link in a letter may do: this person, this question, this outcome, seen at this version, until then.</summary>
public sealed record MailLink(string Person, string ExecutionId, string TaskRunId, string Outcome, long Version, DateTimeOffset Until);
