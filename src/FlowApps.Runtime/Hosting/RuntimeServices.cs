using FlowApps.Domain.Approvals;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Expressions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Notifications;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Triggers;
using FlowApps.Engine.Conditions;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Inputs;
using FlowApps.Expressions;
using FlowApps.Runtime.Approvals;
using FlowApps.Runtime.Apps;
using FlowApps.Runtime.Executions;
using FlowApps.Runtime.Flows;
using FlowApps.Runtime.FlowTests;
using FlowApps.Runtime.Logs;
using FlowApps.Runtime.Namespaces;
using FlowApps.Runtime.News;
using FlowApps.Runtime.Notifications;
using FlowApps.Runtime.Outside;
using FlowApps.Runtime.Timers;
using FlowApps.Runtime.Triggers;
using FlowApps.Runtime.Work;
using FlowApps.Yaml.Apps;
using FlowApps.Yaml.Flows;
using FlowApps.Yaml.FlowTests;
using FlowApps.Yaml.Namespaces;
using FlowApps.Yaml.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlowApps.Runtime.Hosting;

public static class RuntimeServices
{
    private const int HotCapacity = 4_000;

    /// <summary>
    /// The runtime and its application ports (IFlows, IApps, IExecutions). The host also adds storage, plugins and a <see cref="Domain.Plugins.PluginCatalogue"/>; storage
    /// must be registered before, since hosted services start in order. Errors: <see cref="InvalidOperationException"/> naming every wrong setting.
    /// </summary>
    public static IServiceCollection AddFlowAppsRuntime(this IServiceCollection services, IConfiguration configuration)
    {
        var options = RuntimeOptionsReader.Read(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options).AddSingleton(NodeIdentity.New(options.Node));
        return services.AddReading(options).AddDeciding(options).AddWorking().AddExecutions().AddTriggers().AddRoles();
    }

    private static IServiceCollection AddReading(this IServiceCollection services, RuntimeOptions options) => services
        .AddSingleton<NamespaceRegistry>().AddSingleton<NamespaceReader>().AddSingleton<INamespaces, Namespaces.Namespaces>()
        .AddSingleton(ports => new FlowReaderOptions
        {
            PluginDefaults = options.PluginDefaults,
            WorkerGroups = options.WorkerGroups.ToHashSet(),
            NamespaceDefaults = ns => [.. ports.GetRequiredService<NamespaceRegistry>().DefaultsFor(ns).Select(given => given.Default)],
        })
        .AddSingleton<FlowReader>().AddSingleton<FlowRules>().AddSingleton<AppReader>().AddSingleton<FormSuiteReader>().AddSingleton<FlowTestReader>().AddSingleton<ITaskReader, TaskReader>()
        .AddSingleton<TriggerIndex>().AddSingleton<StoredTemplates>().AddSingleton<FlowRegistry>().AddSingleton<IFlows>(ports => ports.GetRequiredService<FlowRegistry>())
        .AddSingleton<FlowIndexes>().AddSingleton<FlowImporter>().AddSingleton<IApps, AppRegistry>();

    private static IServiceCollection AddDeciding(this IServiceCollection services, RuntimeOptions options) => services
        .AddSingleton(ports => new ExpressionEngine(new ExpressionOptions { Recursive = options.RecursiveRendering, Clock = ports.GetRequiredService<TimeProvider>(), PublicHolidays = Holidays.IsHoliday }))
        .AddSingleton<Surroundings>().AddSingleton<IRendering, Outside.Rendering>()
        .AddSingleton(ports => new ExecutionDecider(ports.GetRequiredService<ExpressionEngine>(), new EngineOptions { Settings = ports.GetRequiredService<Surroundings>().Public }))
        .AddSingleton<InputResolver>().AddSingleton<InputReading>().AddSingleton<FlowChecks>().AddSingleton<ExecutionStarts>().AddSingleton<IFormTests, FormTests>().AddSingleton<FlowTestRunner>().AddSingleton<IFlowTests, FlowTestRegistry>();

    private static IServiceCollection AddWorking(this IServiceCollection services) => services
        .AddSingleton<AppLinks>().AddSingleton<SubflowCalls>().AddSingleton<OutsideStores>().AddSingleton<LogPipe>().AddSingleton<RunContexts>().AddSingleton<TaskCaches>().AddSingleton<Attempts>()
        .AddSingleton<WorkPool>().AddSingleton<Worker>();

    private static IServiceCollection AddExecutions(this IServiceCollection services) => services
        .AddSingleton(new HotExecutions(HotCapacity)).AddSingleton<Quarantine>().AddSingleton<ExecutionReader>().AddSingleton<ExecutionPost>().AddSingleton<ExecutionFeed>()
        .AddSingleton<INoticeBell, NoticeBell>().AddSingleton<SlotKeeper>().AddSingleton<SlotQueue>().AddSingleton<TimerPump>().AddSingleton<Aftermath>().AddSingleton<TurnTools>()
        .AddSingleton<ExecutionHandler>().AddSingleton<LostWakers>().AddSingleton<Recovery>().AddSingleton<Departed>().AddSingleton<Housekeeping>().AddSingleton<IExecutions, Executions.Executions>()
        .AddSingleton<Delegations>().AddSingleton<IDelegations>(ports => ports.GetRequiredService<Delegations>()).AddSingleton<IApprovals, Approvals.Approvals>();

    private static IServiceCollection AddTriggers(this IServiceCollection services) => services
        .AddSingleton<TriggerScopes>().AddSingleton<FlowTriggers>().AddSingleton<TriggerStarts>().AddSingleton<ScheduleTicks>().AddSingleton<MissedWindows>().AddSingleton<TriggerPlan>().AddSingleton<TriggerRows>().AddSingleton<TriggerLocks>().AddSingleton<TriggerSwitches>().AddSingleton<Polls>().AddSingleton<Listeners>()
        .AddSingleton<ITriggers, TriggerDesk>().AddSingleton<IWebhooks, Webhooks>();

    private static IServiceCollection AddRoles(this IServiceCollection services) => services
        .AddHostedService<Neighbours>().AddHostedService<EngineRole>().AddHostedService<WorkerRole>().AddHostedService<Scheduler>().AddHostedService<IdleMemory>();
}
