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
    public Files.S3Options? S3 { get; init; }

    /// <summary>How long a database that is away is waited for before what is asked is refused.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);
}
