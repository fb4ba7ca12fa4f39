using System.Net;
using System.Text.Json;
using FlowApps.Domain.Values;
using Microsoft.Extensions.DependencyInjection;

namespace FlowApps.Web.Tests.Health;

public sealed class HealthTests
{
    [Theory]
    [InlineData(StorageState.Ready, HttpStatusCode.OK, "UP")]
    [InlineData(StorageState.Degraded, HttpStatusCode.OK, "DEGRADED")]
    [InlineData(StorageState.Away, HttpStatusCode.ServiceUnavailable, "DOWN")]
    public async Task A_load_balancer_sends_no_work_where_the_database_is_away(StorageState state, HttpStatusCode code, string status)
    {
        await using var site = await Site.StartAsync(services => services.AddSingleton<IStorageHealth>(new StorageCalled(state)));
        using var program = site.Program();
        using var answer = await program.GetAsync(new Uri("/health", UriKind.Relative));

        Assert.Equal(code, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(status, json.RootElement.GetProperty("status").GetString());
    }
}
