using FlowApps.Web.Layout;

namespace FlowApps.Web.Hubs;

/// <summary>The hub, what feeds it and who may follow what.</summary>
public sealed class NewsFeature : IFeature
{
    public void AddServices(IServiceCollection services)
    {
        services.AddSignalR();
        services.AddSingleton<ITopicAccess, ExecutionTopics>().AddSingleton<ITopicAccess, ListTopics>().AddSingleton<ITopicAccess, ApprovalTopics>();
        services.AddHostedService<NewsDesk>();
    }
}
