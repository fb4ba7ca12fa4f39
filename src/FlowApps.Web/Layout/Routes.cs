namespace FlowApps.Web.Layout;

/// <summary>Every address that a page links to. A page's own <c>@attribute [Route(…)]</c> names the constant.</summary>
public static class Routes
{
    public const string Home = "/";
    public const string Dashboard = "/home";
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";
    public const string Me = "/me";
    public const string Accounts = "/accounts";
    public const string NewAccount = "/accounts/new";
    public const string Account = "/accounts/{Name}";
    public const string Notifications = "/notifications";
    public const string Messages = "/messages";
    public const string MailLink = "/m/{Token}";
    public const string Theme = "/theme";
    public const string Palette = "/palette";

    public const string Apps = "/apps";
    public const string App = "/a/{Namespace}/{Id}";
    public const string ManyRequests = "/a/{Namespace}/{Id}/many";
    public const string PublicApp = "/p/{Namespace}/{Id}";
    public const string Receipt = "/receipts/{Token}";
    public const string Requests = "/requests";
    public const string Request = "/r/{Id}";
    public const string Approvals = "/approvals";
    public const string Approval = "/approvals/{ExecutionId}/{TaskRunId}";
    public const string Seen = "/approvals/{ExecutionId}/{TaskRunId}/seen/{BallotId}";
    public const string RequestChanges = "/r/{Id}/changes/{TaskRunId}";
    public const string Remarks = "/r/{Id}/remarks/{TaskRunId}";
    public const string SeveralApprovals = "/approvals/several";
    public const string Delegations = "/approvals/delegations";

    public const string Flows = "/flows";
    public const string NewFlow = "/flows/new";
    public const string Flow = "/flows/{Namespace}/{Id}";
    public const string FlowEditor = "/flows/{Namespace}/{Id}/edit";
    public const string Blueprints = "/blueprints";
    public const string Blueprint = "/blueprints/{Id}";
    public const string OwnBlueprint = "/blueprints/{Namespace}/{Id}";
    public const string Executions = "/executions";
    public const string Execution = "/executions/{Id}";
    public const string ExecutionFile = "/executions/{Id}/file";
    public const string ExecutionLogs = "/executions/{Id}/logs";
    public const string ExecutionEvents = "/executions/{Id}/events";
    public const string Triggers = "/triggers";
    public const string Logs = "/logs";
    public const string AppSources = "/apps-admin";
    public const string AppSource = "/apps-admin/{Namespace}/{Id}";
    public const string FlowTests = "/flows/{Namespace}/{Id}/tests";
    public const string NewFlowTest = "/flows/{Namespace}/{Id}/tests/flow";
    public const string FlowTest = "/flows/{Namespace}/{Id}/tests/flow/{Suite}";
    public const string FormTests = "/flows/{Namespace}/{Id}/tests/form";
    public const string AppRevisions = "/apps-admin/{Namespace}/{Id}/revisions";
    public const string Branding = "/apps-admin/looks";
    public const string Namespaces = "/namespaces";
    public const string Namespace = "/namespaces/{Namespace}";
    public const string NamespaceSettings = "/namespaces/{Namespace}/settings";

    /// <summary>Fills the <c>{Names}</c> of an address in their order, escaped: <c>Routes.To(Routes.Flow, "shop", "orders")</c>.</summary>
    public static string To(string pattern, params ReadOnlySpan<string> values)
    {
        foreach (var value in values)
        {
            var open = pattern.IndexOf('{', StringComparison.Ordinal);
            var close = pattern.IndexOf('}', open);
            pattern = string.Concat(pattern.AsSpan(0, open), Uri.EscapeDataString(value), pattern.AsSpan(close + 1));
        }
        return pattern;
    }
}
