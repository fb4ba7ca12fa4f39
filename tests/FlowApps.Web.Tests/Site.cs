using System.Net;
using System.Threading.Channels;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using FlowApps.Testing.Documents;
using FlowApps.Web.Hubs;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace FlowApps.Web.Tests;

/// <summary>The web room in this process, without the rooms below it: documents in memory, executions that only give news. Demo people can sign in.</summary>
public sealed class Site : IAsyncDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("flowapps-site-").FullName;

    /// <summary>Files as a published server gives them; a build looks for changed files instead.</summary>
    public static string[] AsPublished { get; } = ["--ReloadStaticAssetsAtRuntime=false"];

    private Site(Action<IServiceCollection>? change)
    {
        App = Server.Build(["--demo", "--FlowApps:Examples:Requests=false", $"--FlowApps:Data={data}", "--Logging:LogLevel:Default=None", .. AsPublished], builder =>
        {
            builder.Services.RemoveAll<IHostedService>();
            builder.Services.AddHostedService<FirstPeople>();
            builder.Services.AddHostedService<NewsDesk>();
            builder.Services.RemoveAll<IDocumentStore>();
            builder.Services.AddSingleton<IDocumentStore, MemoryDocumentStore>();
            builder.Services.RemoveAll<IExecutions>();
            builder.Services.AddSingleton(QuietExecutions.Create(News));
            builder.Services.RemoveAll<IStorageHealth>();
            builder.Services.AddSingleton<IStorageHealth>(new StorageCalled(StorageState.Ready));
            // They count rows of a database that is not there.
            builder.Services.RemoveAll<IMenuCount>();
            change?.Invoke(builder.Services);
            builder.WebHost.UseTestServer();
        });
    }

    public WebApplication App { get; }

    /// <summary>What is written here is heard as news of executions.</summary>
    public Channel<ExecutionNews> News { get; } = Channel.CreateUnbounded<ExecutionNews>();

    public static async Task<Site> StartAsync(Action<IServiceCollection>? change = null)
    {
        var site = new Site(change);
        await site.App.StartAsync();
        return site;
    }

    /// <summary>A browser without scripts: keeps cookies, asks for HTML, does not follow redirects.</summary>
    public HttpClient Browser()
    {
        var client = new HttpClient(new CookieJar(App.GetTestServer().CreateHandler())) { BaseAddress = new Uri("http://localhost") };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        return client;
    }

    /// <summary>A program: no cookies, asks for JSON.</summary>
    public HttpClient Program()
    {
        var client = App.GetTestClient();
        client.DefaultRequestHeaders.Add("Accept", "application/json");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>The cookies of somebody signed in, as one header.</summary>
    public async Task<string> SessionAsync(string user, string password)
    {
        var signedIn = await Browser().SignInAsync(user, password);
        return string.Join("; ", signedIn.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
    }

    private sealed class CookieJar(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly CookieContainer cookies = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (cookies.GetCookieHeader(request.RequestUri!) is { Length: > 0 } header) request.Headers.Add("Cookie", header);
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.TryGetValues("Set-Cookie", out var set))
                foreach (var cookie in set) cookies.SetCookies(request.RequestUri!, cookie);
            return response;
        }
    }
}
