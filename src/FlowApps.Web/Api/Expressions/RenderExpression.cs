using FlowApps.Domain.Expressions;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Expressions;

/// <summary>Renders an expression over a context that the caller gives whole: a preview for authors. An addition to Kestra's API.</summary>
public sealed class RenderExpression : IApi
{
    public void Map(IEndpointRouteBuilder api) => api.MapPost("/expressions/render", HandleAsync).RequirePermission(Permission.WriteFlows).WithName("renderExpression");

    private static async Task<IResult> HandleAsync(HttpRequest request, IRendering rendering)
    {
        var body = await request.ReadDataAsync() as IReadOnlyDictionary<string, object?> ?? Data.Map();
        var context = TypedValues.Read(body.GetValueOrDefault("context")) as IReadOnlyDictionary<string, object?> ?? Data.Map();
        if (!body.TryGetValue("expression", out var expression)) throw RefusedException.Invalid("expression_missing", "The body needs an 'expression'.");
        var result = rendering.Render(expression, context, body.GetValueOrDefault("typed") is true, body.GetValueOrDefault("recursive") is true);
        return new JsonAnswer(writer =>
        {
            writer.WriteStartObject();
            writer.WriteData("result", result);
            writer.WriteEndObject();
        });
    }
}
