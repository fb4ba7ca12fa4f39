using FlowApps.Domain.Apps;
using FlowApps.Web.Apps.Wording;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Apps.Blocks;

/// <summary>What a block's texts and contents come from: the app, the root variables, and the request once there is one.</summary>
public sealed record BlockContext(App App, AppWording Wording, Func<string, string> Text, Func<string, string> Markdown, Func<object, object?> Value)
{
    public RequestView? Request { get; init; }
}
