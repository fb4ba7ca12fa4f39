using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Executions.List;
using FlowApps.Web.Executions.Values;
using FlowApps.Web.Flows;
using FlowApps.Web.Layout;
using FlowApps.Web.Palette;
using FlowApps.Web.Security;

namespace FlowApps.Web.Executions;

/// <summary>What people do to executions. Each is a POST that ends on the execution's page.</summary>
public sealed class ExecutionsFeature : IFeature
{
    private delegate Task<Execution> Act(IExecutions executions, string id, IFormCollection form, Asker asker, CancellationToken cancellation);

    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<ExecutionDesk>();
        services.AddScoped<ExecutionFiles>();
        services.AddScoped<ExecutionRows>();
        services.AddScoped<BulkDesk>();
        services.AddScoped<ResumeForms>();
        services.AddScoped<IPaletteSource, ExecutionPaletteSource>();
    }

    public void Map(IEndpointRouteBuilder pages)
    {
        Map(pages, "kill", (executions, id, _, asker, c) => executions.KillAsync(id, cascade: true, asker, c));
        Map(pages, "pause", (executions, id, _, asker, c) => executions.PauseAsync(id, asker, c));
        Map(pages, "force", (executions, id, _, asker, c) => executions.ForceRunAsync(id, asker, c));
        Map(pages, "unqueue", (executions, id, _, asker, c) => executions.UnqueueAsync(id, null, asker, c));
        Map(pages, "restart", (executions, id, _, asker, c) => executions.RestartAsync(id, null, asker, c));
        Map(pages, "replay", (executions, id, form, asker, c) => executions.ReplayAsync(id, Text(form["run"]), null, null, asker, c));
        Map(pages, "labels", (executions, id, form, asker, c) => executions.SetLabelsAsync(id, LabelText.List(form["labels"]), asker, c));
        Map(pages, "state", (executions, id, form, asker, c) => executions.SetStateAsync(id, StateOf(form["state"]), asker, c));
        pages.MapPost("/executions/{id}/resume", ResumeAsync).RequirePermission(Permission.RunExecutions);
        pages.MapPost("/executions/{id}/resume/change", async (string id, IFormCollection form, ResumeForms forms, CancellationToken cancellation) =>
            Html.Fragment<ResumeFields>(new { Form = await forms.ChangeAsync(id, form, cancellation) })).RequirePermission(Permission.RunExecutions);
        pages.MapPost("/executions/{id}/delete", async (string id, IFormCollection form, HttpContext http, IExecutions executions, CancellationToken cancellation) =>
        {
            await executions.DeleteAsync(id, logs: true, metrics: true, files: true, cancellation);
            return Html.See(http, Routes.Executions);
        }).RequirePermission(Permission.DeleteExecutions);
        pages.MapPost("/executions/{id}/evaluate", EvaluateAsync).RequirePermission(Permission.ReadExecutions);
        pages.MapPost("/executions/bulk", async (IFormCollection form, HttpContext http, BulkDesk desk, CancellationToken cancellation) =>
        {
            var said = await desk.RunAsync(form["action"].ToString(), form["id"].OfType<string>().ToList(), cancellation);
            return Html.Page<BulkDone>(new { Said = said, Back = form["back"].ToString() });
        }).RequirePermission(Permission.RunExecutions);
        pages.MapGet("/executions/rows", async (string ids, string? filter, ExecutionRows rows, CancellationToken cancellation) =>
            Html.Fragment<ExecutionTable>(new { Rows = await rows.OfAsync(ids.Split(',', StringSplitOptions.RemoveEmptyEntries), cancellation), Back = filter })).RequirePermission(Permission.ReadExecutions);
        pages.MapGet("/executions/fresh", async (HttpRequest request, DateTimeOffset after, ExecutionRows rows, CancellationToken cancellation) =>
            Html.Fragment<FreshRows>(new { Count = await rows.CountSinceAsync(ExecutionsFilter.Of(request.Query), after, cancellation), Filter = ExecutionsFilter.Of(request.Query), Since = after })).RequirePermission(Permission.ReadExecutions);
    }

    private static void Map(IEndpointRouteBuilder pages, string name, Act act) =>
        pages.MapPost($"/executions/{{id}}/{name}", async (string id, IFormCollection form, HttpContext http, IExecutions executions, Reader reader, CancellationToken cancellation) =>
        {
            var after = await act(executions, id, form, Asking(form, reader, name), cancellation);
            return Html.See(http, Routes.To(Routes.Execution, after.Id));
        }).RequirePermission(Permission.RunExecutions);

    private static async Task<IResult> ResumeAsync(string id, IFormCollection form, HttpContext http, ResumeForms forms, IExecutions executions, Reader reader, CancellationToken cancellation) =>
        await forms.ResumeAsync(id, form, Asking(form, reader, "resume"), cancellation) is { } refused
            ? Html.Page<ResumePage>(new { Id = id, Form = refused }, StatusCodes.Status422UnprocessableEntity)
            : Html.See(http, Routes.To(Routes.Execution, id));

    private static async Task<IResult> EvaluateAsync(string id, IFormCollection form, HttpContext http, IExecutions executions, CancellationToken cancellation)
    {
        var expression = form["expression"].ToString();
        string? result = null, error = null;
        try
        {
            result = await executions.EvaluateAsync(id, Text(form["run"]), expression, cancellation);
        }
        catch (RefusedException e) when (e.Kind == RefusalKind.Invalid)
        {
            error = e.Message;
        }
        return http.Request.Headers.ContainsKey("HX-Request")
            ? Html.Fragment<Evaluated>(new { Result = result, Error = error })
            : Html.Page<DataPage>(new { Id = id, Expression = expression, Result = result, Error = error });
    }

    private static Asker Asking(IFormCollection form, Reader reader, string name) =>
        new(reader.Name, form[FormTokens.IdempotencyField].ToString() is { Length: > 0 } key ? $"{name}/{reader.Name}/{key}" : null) { Groups = reader.Groups };

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static State StateOf(string? word) => Enum.TryParse<State>(word, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : throw RefusedException.Invalid("unknown_state", $"There is no state '{word}'.");
}
