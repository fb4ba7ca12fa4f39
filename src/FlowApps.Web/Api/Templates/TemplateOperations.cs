using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Security;
using FlowApps.Yaml.Text;

namespace FlowApps.Web.Api.Templates;

/// <summary>Templates, when they are enabled (<c>FlowApps:Templates:Enabled</c>). Their tasks are checked as a flow's are.</summary>
public sealed class TemplateOperations : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        var templates = api.MapGroup("/templates").AddEndpointFilter(OnlyWhenEnabledAsync);
        templates.MapGet("/search", SearchAsync).RequirePermission(Permission.ReadFlows).WithName("searchTemplates");
        templates.MapGet("/{namespace}/{id}", GetAsync).RequirePermission(Permission.ReadFlows).WithName("getTemplate");
        templates.MapPost("", CreateAsync).RequirePermission(Permission.WriteFlows).WithName("createTemplate");
        templates.MapPut("/{namespace}/{id}", UpdateAsync).RequirePermission(Permission.WriteFlows).WithName("updateTemplate");
        templates.MapDelete("/{namespace}/{id}", DeleteAsync).RequirePermission(Permission.WriteFlows).WithName("deleteTemplate");
    }

    private static async ValueTask<object?> OnlyWhenEnabledAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.RequestServices.GetRequiredService<IConfiguration>().GetValue<bool>("FlowApps:Templates:Enabled")
            ? await next(context)
            : throw RefusedException.NotFound("Templates are not enabled here (FlowApps:Templates:Enabled).");

    private static async Task<IResult> SearchAsync(string? q, string? @namespace, [AsParameters] Paging paging, IDocumentStore documents, CancellationToken cancellation)
    {
        var found = await documents.QueryAsync<OrderedDictionary<string, object?>>(Template.Kind, new DocumentQuery(@namespace, NamespacePrefix: true, Text: q), paging.Request, cancellation);
        return Answer.Page(found.Results, found.Total, static (writer, document) => writer.WriteData(document.Value));
    }

    private static async Task<IResult> GetAsync(string @namespace, string id, IDocumentStore documents, CancellationToken cancellation)
    {
        var found = await documents.LoadAsync<OrderedDictionary<string, object?>>(Template.Kind, Template.Key(@namespace, id), cancellation) ?? throw Missing(@namespace, id);
        return new JsonAnswer(writer => writer.WriteData(found.Value));
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, IFlows flows, IDocumentStore documents, CancellationToken cancellation)
    {
        var template = Checked(await request.ReadTextAsync(), flows);
        return await WriteAsync(template, expectedVersion: 0, documents, cancellation) ? Answer.Json(template.Map)
            : throw RefusedException.Conflict("template_exists", $"There is a template '{template.Id}' in the namespace '{template.Namespace}' already.");
    }

    private static async Task<IResult> UpdateAsync(string @namespace, string id, HttpRequest request, IFlows flows, IDocumentStore documents, CancellationToken cancellation)
    {
        var template = Checked(await request.ReadTextAsync(), flows);
        if ((template.Namespace, template.Id) != (@namespace, id)) throw RefusedException.Invalid("name_changed", "Illegal template id or namespace update.");
        if (await documents.LoadAsync<OrderedDictionary<string, object?>>(Template.Kind, Template.Key(@namespace, id), cancellation) is null) throw Missing(@namespace, id);
        await WriteAsync(template, expectedVersion: null, documents, cancellation);
        return Answer.Json(template.Map);
    }

    private static async Task<IResult> DeleteAsync(string @namespace, string id, IDocumentStore documents, CancellationToken cancellation)
    {
        if (await documents.LoadAsync<OrderedDictionary<string, object?>>(Template.Kind, Template.Key(@namespace, id), cancellation) is null) throw Missing(@namespace, id);
        await documents.WriteAsync([new DocumentWrite(Template.Kind, Template.Key(@namespace, id), null)], cancellation);
        return Results.NoContent();
    }

    private static (string Namespace, string Id, IReadOnlyDictionary<string, object?> Map) Checked(string text, IFlows flows)
    {
        var reading = YamlText.Read(text);
        if (reading.Root is null || reading.Problems.Count > 0) throw new RefusedException(RefusalKind.Invalid, reading.Problems);
        var template = Template.Read(reading.Root.ToData());
        var problems = flows.Read(Data.Write(template.Map)).Problems;
        return problems.Count == 0 ? template : throw new RefusedException(RefusalKind.Invalid, problems);
    }

    private static Task<bool> WriteAsync((string Namespace, string Id, IReadOnlyDictionary<string, object?> Map) template, long? expectedVersion, IDocumentStore documents, CancellationToken cancellation) =>
        documents.WriteAsync([new DocumentWrite(Template.Kind, Template.Key(template.Namespace, template.Id), Data.Write(template.Map), expectedVersion, template.Namespace)], cancellation);

    private static RefusedException Missing(string ns, string id) => RefusedException.NotFound($"There is no template '{id}' in the namespace '{ns}'.");
}
