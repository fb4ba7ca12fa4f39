using FlowApps.Web.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowApps.Web.Tests.Problems;

public sealed class RefusalsTests
{
    [Theory]
    [InlineData(true, 503, "2")]
    [InlineData(false, 500, "")]
    public async Task Fault_of_a_server_that_is_being_stopped_tells_clients_to_come_back(bool stops, int status, string retryAfter)
    {
        using var life = new Life();
        if (stops) life.StopApplication();
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services, Request = { Method = "POST", Path = "/api/v1/main/executions/chaos/quick" } };
        await new Refusals(services.GetRequiredService<IServiceScopeFactory>(), life, NullLogger<Refusals>.Instance).TryHandleAsync(http, new ObjectDisposedException("the store"), CancellationToken.None);
        Assert.Equal(status, http.Response.StatusCode);
        Assert.Equal(retryAfter, http.Response.Headers.RetryAfter.ToString());
    }

    private sealed class Life : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => stopping.Cancel();

        public void Dispose() => stopping.Dispose();
    }
}
