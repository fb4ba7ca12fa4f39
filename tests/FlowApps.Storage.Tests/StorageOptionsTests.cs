using FlowApps.Domain.Files;
using FlowApps.Storage.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace FlowApps.Storage.Tests;

public sealed class StorageOptionsTests
{
    [Fact]
    public void Every_setting_of_the_operating_page_is_read()
    {
        var options = StorageOptions.Read(Settings(
            ("ConnectionStrings:FlowApps", "Host=db"), ("FlowApps:Data", "here"), ("FlowApps:Encryption:SecretKey", "MDEyMzQ1Njc4OWFiY2RlZg=="),
            ("FlowApps:Storage:S3:Bucket", "files"), ("FlowApps:Storage:S3:Endpoint", "http://store"), ("FlowApps:Storage:S3:Region", "eu-central-2"),
            ("FlowApps:Storage:S3:AccessKey", "name"), ("FlowApps:Storage:S3:SecretKey", "secret"), ("FlowApps:Storage:S3:Prefix", "flowapps/")));

        options.ConnectionString.ShouldBe("Host=db");
        options.Data.ShouldBe(Path.GetFullPath("here"));
        options.EncryptionKey.ShouldBe("MDEyMzQ1Njc4OWFiY2RlZg==");
        options.S3.ShouldBe(new S3Options("files") { Endpoint = "http://store", Region = "eu-central-2", AccessKey = "name", SecretKey = "secret", Prefix = "flowapps/" });
    }

    [Fact]
    public void A_bucket_in_the_settings_is_where_files_go_and_the_data_folder_is_without_one()
    {
        using var bucket = Files(("FlowApps:Storage:S3:Bucket", "files"), ("FlowApps:Storage:S3:Endpoint", "http://127.0.0.1:9"));
        using var folder = Files();

        bucket.GetRequiredService<IFileStore>().ShouldBeOfType<S3FileStore>();
        folder.GetRequiredService<IFileStore>().ShouldBeOfType<LocalFileStore>();
    }

    private static ServiceProvider Files(params (string Name, string Value)[] settings) => new ServiceCollection().AddLogging().AddFlowAppsStorage(Settings(settings)).BuildServiceProvider();

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value))).Build();
}
