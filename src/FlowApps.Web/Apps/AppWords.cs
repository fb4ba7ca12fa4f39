using FlowApps.Domain.Apps;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Apps;

public static class AppWords
{
    /// <summary>What people call an app: the author's name for it, else its id as words.</summary>
    public static string Name(this App app) => app.DisplayName ?? TaskWords.Of(app.Id);
}
