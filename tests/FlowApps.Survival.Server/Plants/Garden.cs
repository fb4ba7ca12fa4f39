using FlowApps.Domain.Executions;
using FlowApps.Domain.Triggers;
using Microsoft.Extensions.DependencyInjection;

namespace FlowApps.Survival.Server.Plants;

/// <summary>
/// Bugs that other engines had, planted one at a time around the store's ports. A test programme that finds none of them proves nothing.
/// </summary>
internal static class Garden
{
    private static readonly Dictionary<string, Func<IExecutionStore, IServiceProvider, IExecutionStore>> Stores = new(StringComparer.Ordinal)
    {
        ["answer-before-commit"] = (store, _) => new AnswersBeforeCommit(store),
        ["no-lease-epoch"] = (store, _) => new IgnoresEpochs(store),
        ["approval-without-version"] = (store, _) => new OverwritesApprovals(store),
        ["work-before-commit"] = (store, _) => new CommitsInTwoSteps(store, commit => new Commit { AddWork = commit.AddWork }, commit => commit with { AddWork = [] }, commit => commit.AddWork.Count > 0),
        ["timer-after-commit"] = (store, _) => new CommitsInTwoSteps(store, commit => commit with { AddTimers = [] }, commit => new Commit { AddTimers = commit.AddTimers }, commit => commit.AddTimers.Count > 0),
        ["counted-slots"] = (store, _) => new CountsSlotsItself(store),
        ["tick-without-key"] = (store, services) => new TicksWithoutVersion(store, services.GetRequiredService<ITriggerStore>()),
    };

    /// <summary>Nothing when no bug is named.</summary>
    public static void Plant(IServiceCollection services, string? name)
    {
        if (string.IsNullOrEmpty(name)) return;
        if (name == "failed-over-success")
        {
            services.AddHostedService<FailsWhatSucceeded>();
            return;
        }
        var planted = Stores[name];
        var known = services.Last(service => service.ServiceType == typeof(IExecutionStore));
        services.AddSingleton(known.ImplementationType!);
        services.Remove(known);
        services.AddSingleton<IExecutionStore>(provider => planted((IExecutionStore)provider.GetRequiredService(known.ImplementationType!), provider));
    }
}
