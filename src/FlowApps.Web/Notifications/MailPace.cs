namespace FlowApps.Web.Notifications;

/// <summary>When a person gets letters.</summary>
public enum MailPace { AtOnce, Hourly, Daily, Never }
