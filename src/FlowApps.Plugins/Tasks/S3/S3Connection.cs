using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using FlowApps.Domain.Http;

namespace FlowApps.Plugins.Tasks.S3;

/// <summary>One task's connection to its store. It goes out by the one way for flows, so that the outbound rules hold.</summary>
internal sealed class S3Connection(IS3Fields fields, TaskContext context) : IDisposable
{
    private const string AnyRegion = "us-east-1";
    private readonly AmazonS3Client client = new(Credentials(fields, context), Settings(fields, context));

    /// <summary>Errors: <see cref="TaskFailedException"/> with what the store said.</summary>
    public async Task<TAnswer> AskAsync<TAnswer>(Func<AmazonS3Client, Task<TAnswer>> ask)
    {
        try
        {
            return await ask(client);
        }
        catch (AmazonS3Exception e)
        {
            throw new TaskFailedException($"The store answered {(int)e.StatusCode} {e.ErrorCode}: {e.Message}", null, e);
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException)
        {
            throw new TaskFailedException($"The store cannot be reached: {e.Message}", null, e);
        }
    }

    public void Dispose() => client.Dispose();

    private static AWSCredentials Credentials(IS3Fields fields, TaskContext context) =>
        context.Render(fields.AccessKeyId) is not { Length: > 0 } key ? new AnonymousAWSCredentials()
        : context.Render(fields.SecretKeyId) is not { Length: > 0 } secret ? throw new TaskFailedException("`accessKeyId` needs `secretKeyId`.")
        : context.Render(fields.SessionToken) is { Length: > 0 } token ? new SessionAWSCredentials(key, secret, token) : new BasicAWSCredentials(key, secret);

    private static AmazonS3Config Settings(IS3Fields fields, TaskContext context)
    {
        var region = context.Render(fields.Region) is { Length: > 0 } named ? named : AnyRegion;
        var settings = new AmazonS3Config { HttpClientFactory = new WayOut(context.Port<IHttp>()), MaxErrorRetry = 2 };
        if (context.Render(fields.EndpointOverride) is { Length: > 0 } endpoint)
        {
            settings.ServiceURL = endpoint;
            settings.AuthenticationRegion = region;
            settings.ForcePathStyle = context.Render(fields.ForcePathStyle, true);
        }
        else
        {
            settings.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
            settings.ForcePathStyle = context.Render(fields.ForcePathStyle, false);
        }
        return settings;
    }

    private sealed class WayOut(IHttp http) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Forwarding(http));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => true;
    }

    private sealed class Forwarding(IHttp http) : HttpMessageHandler
    {
        private static readonly HttpSettings Plain = HttpSettings.Default with { FollowRedirects = false };

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => http.SendAsync(request, Plain, cancellationToken);
    }
}
