using System.Data.Common;
using FlowApps.Domain.Problems;
using Npgsql;

namespace FlowApps.Storage.Databases;

/// <summary>What a database error means for whoever asked.</summary>
internal static class Faults
{
    /// <summary>Worth another try: broken or refused connection, deadlock, serialisation failure, server starting or stopping, too many connections.</summary>
    public static bool AreOfTheMoment(DbException fault) => fault is not PostgresException { SqlState: PostgresErrorCodes.DiskFull } &&
        (fault.IsTransient || IsConnectionLost(fault) || fault is PostgresException { SqlState: PostgresErrorCodes.TooManyConnections });

    /// <summary>The server may or may not have finished what was sent.</summary>
    public static bool IsConnectionLost(DbException fault) => fault switch
    {
        // A session that ends with an error of its own, such as a disk that refused the log, may have written its commit: it is found again after the restart.
        PostgresException { InvariantSeverity: "FATAL" or "PANIC" } => true,
        PostgresException { SqlState: var code } => code.StartsWith("57P", StringComparison.Ordinal) || code.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException => true,
        _ => false,
    };

    public static bool IsFull(DbException fault) => fault is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    public static RefusedException Away(DbException? fault) => new(RefusalKind.Unavailable, "storage_unavailable",
        $"The database is away; nothing was accepted. Try again in a moment.{(fault is null ? "" : $" ({fault.Message})")}");

    public static RefusedException Full() => new(RefusalKind.Unavailable, "storage_full", "The database's disk is full; nothing was accepted.");
}
