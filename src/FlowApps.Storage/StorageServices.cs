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
    /// <summary>
    /// All storage ports. <c>ConnectionStrings:FlowApps</c> names a PostgreSQL server; without it a built-in one runs below <c>FlowApps:Data</c> (default ./data).
    /// <c>FlowApps:EncryptionKey</c>: see <see cref="StorageOptions"/>.
    /// </summary>
    public static IServiceCollection AddFlowAppsStorage(this IServiceCollection services, IConfiguration configuration) => services.AddFlowAppsStorage(new StorageOptions
    {
        ConnectionString = configuration.GetConnectionString("FlowApps") is { Length: > 0 } given ? given : null,
        Data = configuration["FlowApps:Data"] is { Length: > 0 } folder ? folder : "./data",
        EncryptionKey = configuration["FlowApps:EncryptionKey"],
        S3 = Bucket(configuration.GetSection("FlowApps:Storage:S3")),
    });

    private static S3Options? Bucket(IConfigurationSection settings) => settings["Bucket"] is not { Length: > 0 } bucket ? null : new S3Options(bucket)
    {
        Endpoint = settings["Endpoint"],
        Region = settings["Region"] ?? "us-east-1",
        AccessKey = settings["AccessKey"],
        SecretKey = settings["SecretKey"],
        Prefix = settings["Prefix"] ?? "",
    };

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
