namespace FlowApps.Storage.Embedded;

/// <summary>Settings of the built-in server. Durability stays on; the rest trades memory we can spare for fewer writes.</summary>
internal static class PostgresSettings
{
    public static IEnumerable<string> Arguments(string socketFolder, int major)
    {
        var settings = new List<string>
        {
            "listen_addresses=", $"unix_socket_directories={socketFolder}", "unix_socket_permissions=0700",
            "fsync=on", "synchronous_commit=on", "full_page_writes=on",
            "max_connections=100", "shared_buffers=192MB", "work_mem=8MB", "maintenance_work_mem=64MB", "jit=off",
            "wal_level=minimal", "max_wal_senders=0", "wal_buffers=16MB", "wal_compression=on", "min_wal_size=256MB", "max_wal_size=2GB",
            "checkpoint_timeout=15min", "random_page_cost=1.1", "autovacuum_naptime=10s",
            "log_min_messages=warning", "log_checkpoints=off", "timezone=UTC", "log_timezone=UTC",
        };
        // The worker processes of PostgreSQL 18's default cost start-up time, and our reads come from memory.
        if (major >= 18) settings.Add("io_method=sync");
        return settings.SelectMany(setting => new[] { "-c", setting });
    }
}
