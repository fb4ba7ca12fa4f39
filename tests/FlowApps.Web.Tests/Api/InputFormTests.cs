using System.Text;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;
using FlowApps.Testing.Files;
using FlowApps.Web.Api.Executions;
using Microsoft.AspNetCore.Http;

namespace FlowApps.Web.Tests.Api;

public sealed class InputFormTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("flowapps-form-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_file_part_is_stored_and_its_address_is_the_value()
    {
        var store = new FolderFileStore(folder);
        var given = await Form(Input("data", InputType.File)).ReadAsync(Request(Part("data", "report.csv", "a;b")), store, default);
        Assert.Equal("kestra:///in/data/report.csv", given["data"]);
        using var stored = new StreamReader(store.Open("/in/data/report.csv"));
        Assert.Equal("a;b", await stored.ReadToEndAsync());
    }

    [Fact]
    public async Task The_older_form_names_the_input_by_the_file_name()
    {
        var given = await Form(Input("data", InputType.File)).ReadAsync(Request(Part("files", "data", "x")), null, default);
        Assert.Equal("kestra:///in/data/data.upl", given["data"]);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd.upl")]
    [InlineData("C:\\\\temp\\\\a.txt", "a.txt")]
    [InlineData("..", "data.upl")]
    public async Task A_file_keeps_its_own_name_and_no_path(string sent, string kept)
    {
        var given = await Form(Input("data", InputType.File)).ReadAsync(Request(Part("data", sent, "x")), null, default);
        Assert.Equal($"kestra:///in/data/{kept}", given["data"]);
    }

    [Fact]
    public async Task An_empty_field_counts_only_for_text()
    {
        var given = await Form(Input("text", InputType.String), Input("number", InputType.Int)).ReadAsync(Request(Part("text", null, ""), Part("number", null, "")), null, default);
        Assert.Equal("", given["text"]);
        Assert.False(given.ContainsKey("number"));
    }

    [Fact]
    public async Task A_repeated_field_is_a_list()
    {
        var given = await Form(Input("tags", InputType.Multiselect)).ReadAsync(Request(Part("tags", null, "a"), Part("tags", null, "b")), null, default);
        Assert.Equal(new List<object?> { "a", "b" }, given["tags"]);
    }

    [Fact]
    public async Task A_form_that_is_cut_off_is_refused()
    {
        var request = Request(Part("text", null, "abc"));
        request.Body = new MemoryStream(((MemoryStream)request.Body).ToArray()[..40]);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Form(Input("text", InputType.String)).ReadAsync(request, null, default));
        Assert.Equal("invalid_multipart", refused.Problems[0].Code);
    }

    private static InputForm Form(params InputDefinition[] inputs) => new(inputs, (input, name) => $"/in/{input}/{name}");

    private static InputDefinition Input(string id, InputType type) => new() { Id = id, Type = type };

    private static string Part(string name, string? fileName, string content) =>
        $"--edge\r\nContent-Disposition: form-data; name=\"{name}\"{(fileName is null ? "" : $"; filename=\"{fileName}\"")}\r\n\r\n{content}\r\n";

    private static HttpRequest Request(params string[] parts)
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = "multipart/form-data; boundary=edge";
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(parts) + "--edge--\r\n"));
        return http.Request;
    }
}
