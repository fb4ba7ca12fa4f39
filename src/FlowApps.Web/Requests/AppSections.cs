using FlowApps.Domain.Apps;
using FlowApps.Domain.Executions;

namespace FlowApps.Web.Requests;

/// <summary>Which section of an app's layout shows for a request; a state without a section of its own shows the fallback one.</summary>
public static class AppSections
{
    private static readonly IReadOnlyList<AppBlock> Default = [new OutputsBlock { Type = "apps.execution.blocks.Outputs" }];

    public static AppState StateOf(RequestView request) => request.Execution.State.Current switch
    {
        _ when request.Open is not null => AppState.Pause,
        State.Created or State.Submitted or State.Queued => AppState.Created,
        State.Success or State.Warning => AppState.Success,
        State.Failed or State.Killed or State.Killing or State.Cancelled => AppState.Failure,
        State.Paused => AppState.Pause,
        _ => AppState.Running,
    };

    public static IReadOnlyList<AppBlock> For(App app, RequestView request)
    {
        var state = StateOf(request);
        // A request that goes on after a decision has a section of its own, if the author gave it one.
        var resumed = state == AppState.Running && request.Decided.Any() ? Find(app, AppState.Resume) : null;
        return resumed ?? Find(app, state) ?? (state == AppState.Created ? Find(app, AppState.Running) : null) ?? Find(app, AppState.Fallback) ?? (state == AppState.Success ? Default : []);
    }

    private static IReadOnlyList<AppBlock>? Find(App app, AppState state) => app.Layout.FirstOrDefault(section => section.On == state)?.Blocks;
}
