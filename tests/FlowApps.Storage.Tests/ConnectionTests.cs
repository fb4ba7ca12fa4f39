using FlowApps.Storage.Databases;
using Shouldly;

namespace FlowApps.Storage.Tests;

public sealed class ConnectionTests(StorageHost host) : IClassFixture<StorageHost>
{
    private const int Most = 43;

    [Fact]
    public async Task A_busy_process_leaves_connections_to_others()
    {
        var database = host.Get<Database>();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => database.FirstAsync(new Statement("select pg_sleep(0.02)::text"), row => row.FieldCount, CancellationToken.None)));
        (await host.AskAsync<long>("select count(*) from pg_stat_activity where application_name = 'FlowApps'")).ShouldBeInRange(1, Most);
    }
}
