namespace FlowApps.Engine.Triggers;

/// <summary>How many calls a webhook takes.</summary>
/// <param name="Calls">At most this many calls …</param>
/// <param name="Window">… in any time this long.</param>
public sealed record WebhookLimit(int Calls, TimeSpan Window);
