using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Notifications;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using FlowApps.Storage.Approvals;
using FlowApps.Storage.Databases;
using FlowApps.Storage.Documents;
using FlowApps.Storage.Executions;
using FlowApps.Storage.Files;
using FlowApps.Storage.Flows;
using FlowApps.Storage.Logs;
using FlowApps.Storage.Namespaces;
using FlowApps.Storage.Notifications;
using FlowApps.Storage.Security;
using FlowApps.Storage.Triggers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowApps.Storage;

public static class StorageServices
{
    /// <summary>All storage ports, as the settings say: see <see cref="StorageOptions.Read"/>.</summary>
    public static IServiceCollection AddFlowAppsStorage(this IServiceCollection services, IConfiguration configuration) => services.AddFlowAppsStorage(StorageOptions.Read(configuration));

    /// <summary>The same with settings made elsewhere.</summary>
    public static IServiceCollection AddFlowAppsStorage(this IServiceCollection services, StorageOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<Node>();
        services.AddSingleton(provider => new Database(provider.GetRequiredService<TimeProvider>(), options.Patience));
        services.AddSingleton<CommitPipeline>();
        services.AddKeyedSingleton<CommitPipeline>(LogStore.Pipeline);
        services.AddSingleton(provider => new StorageStartup(
            provider.GetRequiredService<Database>(), options, provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<CommitPipeline>(), provider.GetRequiredKeyedService<CommitPipeline>(LogStore.Pipeline)));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<StorageStartup>());

        services.AddSingleton<IStorageHealth, StorageHealth>();
        services.AddSingleton<IExecutionStore, ExecutionStore>();
        services.AddSingleton<IWorkQueue, WorkQueue>();
        services.AddSingleton<INeighbours, Neighbourhood>();
        services.AddSingleton<IPendingStore, PendingStore>();
        services.AddSingleton<IWaitStore, WaitStore>();
        services.AddSingleton<INotificationStore, NotificationStore>();
        services.AddSingleton<ILogStore, LogStore>();
        services.AddSingleton<IDocumentStore, DocumentStore>();
        services.AddSingleton<IFlowStore, FlowStore>();
        services.AddSingleton<ITriggerStore, TriggerStore>();
        services.AddSingleton<IKvStore, KvStore>();
        services.AddSingleton(provider => VaultSecrets.From(provider.GetService<IConfiguration>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISecretStore, SecretStore>();
        services.AddSingleton<ICipher, Cipher>();
        if (options.S3 is { } bucket) services.AddSingleton<IFileStore>(_ => new S3FileStore(bucket));
        else services.AddSingleton<IFileStore, LocalFileStore>();
        services.AddSingleton<INamespaceFileStore, NamespaceFileStore>();
        return services;
    }
}
