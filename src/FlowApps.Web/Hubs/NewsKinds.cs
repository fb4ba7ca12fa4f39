namespace FlowApps.Web.Hubs;

/// <summary>The words before the colon of a topic.</summary>
public static class NewsKinds
{
    public const string Execution = "execution";
    public const string Executions = "executions";
    public const string Approvals = "approvals";
    public const string Notifications = "notifications";

    /// <summary>The id of a topic about a whole list.</summary>
    public const string All = "all";

    public static string Topic(string kind, string id) => $"{kind}:{id}";
}
