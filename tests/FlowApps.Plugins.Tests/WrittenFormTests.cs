using FlowApps.Domain.Flows;
using FlowApps.Domain.Plugins;
using FlowApps.Plugins.Runners;
using FlowApps.Plugins.Tasks.Http;
using FlowApps.Plugins.Tasks.Scripts;
using FlowApps.Yaml.Flows;

namespace FlowApps.Plugins.Tests;

/// <summary>Flows as people write them, old spellings too.</summary>
public sealed class WrittenFormTests
{
    private static readonly FlowReader Reader = new(new PluginCatalogue([typeof(Flow).Assembly, typeof(PluginsAssembly).Assembly]), new FlowReaderOptions());

    [Fact]
    public void A_script_in_a_container_reads_with_all_it_can_say()
    {
        var task = (PythonScript)Read("""
            - id: run
              type: io.kestra.plugin.scripts.python.Script
              taskRunner:
                type: io.kestra.plugin.scripts.runner.docker.Docker
                pullPolicy: ALWAYS
                credentials: {username: me, password: "{{ secret('X') }}"}
                cpu: {cpus: 1.5}
                memory: {memory: 512m}
                deviceRequests: [{driver: nvidia, count: 1}]
                extraHosts: ["a:1.2.3.4"]
                entryPoint: [""]
              containerImage: python:3.13
              beforeCommands: [pip install requests]
              env: {A: b, N: 1}
              namespaceFiles: {enabled: true, include: ["*.py"]}
              inputFiles:
                a.txt: "{{ inputs.a }}"
              outputFiles: ["*.csv"]
              warningOnStdErr: false
              failFast: "{{ vars.x }}"
              interpreter: [/bin/bash, -c]
              targetOS: LINUX
              script: print(1)
            """);
        var docker = Assert.IsType<DockerRunner>(task.TaskRunner);
        Assert.NotNull(docker.Memory?.Memory);
        Assert.Single(docker.DeviceRequests!);
    }

    [Fact]
    public void Old_script_properties_still_read() => Assert.Equal(OldRunner.Process, ((ShellCommands)Read("""
        - id: run
          type: io.kestra.plugin.scripts.shell.Commands
          runner: PROCESS
          docker: {image: ubuntu}
          outputDirectory: true
          commands:
            - echo 1
        """)).Runner);

    [Fact]
    public void A_request_reads_with_new_and_old_options()
    {
        var task = (Request)Read("""
            - id: ask
              type: io.kestra.plugin.core.http.Request
              uri: https://example.org
              method: POST
              params: {q: [1, 2]}
              headers: {X-A: "{{ vars.a }}"}
              body: {a: 1}
              sslOptions: {insecureTrustAllCertificates: true}
              options:
                timeout: {connectTimeout: PT1S, readIdleTimeout: "{{ vars.t }}"}
                auth: {type: BASIC, username: me, password: x}
                proxy: {type: HTTP, address: proxy, port: 3128}
                ssl: {insecureTrustAllCertificates: true}
                allowedResponseCodes: [404]
                logs: [REQUEST_HEADERS]
                readTimeout: PT10S
                basicAuthUser: me
                maxContentLength: 1000
            """);
        Assert.NotNull(task.Options?.Auth?.Username);
        Assert.NotNull(task.Options?.Proxy?.Port);
    }

    [Theory]
    [InlineData("core.execution.Count", "flows: [{namespace: a, flowId: b}]\nexpression: \"{{ count > 1 }}\"\nstartDate: \"{{ now() }}\"\nstates: [SUCCESS]")]
    [InlineData("core.metric.Publish", "metrics: [{type: counter, name: a, value: 1, tags: {x: y}}]")]
    [InlineData("core.execution.Labels", "labels: [{key: a, value: b}]")]
    [InlineData("core.execution.Labels", "labels: {a: 1}")]
    [InlineData("core.kv.Set", "key: a\nvalue: [1, {b: c}]\nkvType: JSON\nttl: PT1H")]
    [InlineData("core.kv.PurgeKV", "behavior: {type: key, expiredOnly: false}")]
    [InlineData("core.log.Log", "message: [a, 1]\nlevel: DEBUG")]
    [InlineData("core.storage.Split", "from: \"{{ x }}\"\nrows: \"{{ n }}\"")]
    [InlineData("core.storage.FilterItems", "from: x\nfilterCondition: \"{{ true }}\"\nerrorOrNullBehavior: INCLUDE")]
    [InlineData("core.namespace.DownloadFiles", "namespace: a\nfiles: \"*.txt\"")]
    [InlineData("core.state.Set", "namespace: true\ndata: {a: 1}")]
    [InlineData("core.execution.Exit", "state: CANCELED")]
    public void Tasks_read_as_written(string type, string properties) =>
        Read($"- id: t\n  type: io.kestra.plugin.{type}\n" + string.Join('\n', properties.Split('\n').Select(line => "  " + line)));

    private static TaskDefinition Read(string tasks)
    {
        var reading = Reader.Read("id: flow\nnamespace: company.team\ntasks:\n" + string.Join('\n', tasks.Split('\n').Select(line => "  " + line)));
        Assert.Equal([], reading.Problems.Select(problem => problem.ToString()));
        return reading.Flow!.Tasks[0];
    }
}
