using FlowApps.Storage.Files;
using Microsoft.Extensions.Configuration;

namespace FlowApps.Storage;

/// <summary>Where things are kept.</summary>
public sealed record StorageOptions
{
    /// <summary>An own PostgreSQL server; null = the built-in one below <see cref="Data"/>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The data folder: built-in database, internal storage, encryption key.</summary>
    public string Data { get; init; } = "./data";

    /// <summary>The key of encrypted texts: base64 of 16, 24 or 32 bytes. Null = made once and kept in the data folder.</summary>
    public string? EncryptionKey { get; init; }

    /// <summary>The bucket of internal storage; null = the folder <c>storage</c> below <see cref="Data"/>.</summary>
    public S3Options? S3 { get; init; }

    /// <summary>How long a database that is away is waited for before what is asked is refused.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// <c>ConnectionStrings:FlowApps</c> names a PostgreSQL server; without it a built-in one runs below <c>FlowApps:Data</c> (default ./data).
    /// <c>FlowApps:Encryption:SecretKey</c> is the key, <c>FlowApps:Storage:S3:Bucket</c> and its neighbours the bucket.
    /// </summary>
    public static StorageOptions Read(IConfiguration configuration) => new()
    {
        ConnectionString = configuration.GetConnectionString("FlowApps") is { Length: > 0 } given ? given : null,
        Data = Path.GetFullPath(configuration["FlowApps:Data"] is { Length: > 0 } folder ? folder : "./data"),
        EncryptionKey = configuration["FlowApps:Encryption:SecretKey"],
        S3 = Bucket(configuration.GetSection("FlowApps:Storage:S3")),
    };

    private static S3Options? Bucket(IConfigurationSection settings) => settings["Bucket"] is not { Length: > 0 } bucket ? null : new S3Options(bucket)
    {
        Endpoint = settings["Endpoint"],
        Region = settings["Region"] ?? "us-east-1",
        AccessKey = settings["AccessKey"],
        SecretKey = settings["SecretKey"],
        Prefix = settings["Prefix"] ?? "",
    };
}
