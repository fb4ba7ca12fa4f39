using FlowApps.Domain.Apps;
using FlowApps.Domain.Problems;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Apps;

/// <summary>The past execution that an app publishes. Its author chose to show it, so whoever may open the app sees it.</summary>
public sealed class PublishedResult(RequestDesk requests)
{
    /// <summary>Errors: NotFound when the app publishes none, or one of another flow.</summary>
    public async Task<RequestView> OpenAsync(App app, CancellationToken cancellation)
    {
        if (app.ExecutionId is not { } id) throw RefusedException.NotFound("This app publishes no result.");
        var request = await requests.OpenUncheckedAsync(id, cancellation);
        if (request.Execution.Namespace != app.Namespace || app.Over(request.Execution.FlowId) is null) throw RefusedException.NotFound("What this app publishes is not a result of its flow.");
        return request with { App = app, Files = $"{Layout.Routes.To(Layout.Routes.App, app.Namespace, app.Id)}/file" };
    }
}
