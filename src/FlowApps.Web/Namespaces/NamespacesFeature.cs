using System.Globalization;
using System.Text;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Api.Files;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Namespaces;

/// <summary>Writing and deleting what a namespace keeps: files, values, secrets.</summary>
public sealed class NamespacesFeature : IFeature
{
    public void Map(IEndpointRouteBuilder pages)
    {
        var ns = pages.MapGroup("/namespaces/{ns}");
        ns.MapPost("/file", SaveFileAsync).RequirePermission(Permission.WriteNamespaces);
        ns.MapPost("/upload", UploadAsync).RequirePermission(Permission.WriteNamespaces);
        ns.MapPost("/restore-file", RestoreFileAsync).RequirePermission(Permission.WriteNamespaces);
        ns.MapPost("/move-file", MoveFileAsync).RequirePermission(Permission.WriteNamespaces);
        ns.MapPost("/delete-file", async (string ns, IFormCollection form, HttpContext http, INamespaceFileStore files, CancellationToken cancellation) =>
        {
            await files.DeleteAsync(ns, form["path"].ToString(), cancellation);
            return Back(http, ns);
        }).RequirePermission(Permission.WriteNamespaces);
        ns.MapPost("/value", SetValueAsync).RequirePermission(Permission.WriteNamespaces);
        ns.MapPost("/delete-value", async (string ns, IFormCollection form, HttpContext http, IKvStore values, CancellationToken cancellation) =>
        {
            await values.DeleteAsync(ns, form["key"].ToString(), cancellation);
            return Back(http, ns);
        }).RequirePermission(Permission.WriteNamespaces);
        ns.MapPost("/secret", async (string ns, IFormCollection form, HttpContext http, ISecretStore secrets, CancellationToken cancellation) =>
        {
            await secrets.SetAsync(ns, form["key"].ToString().Trim(), form["value"].ToString(), null, cancellation);
            return Back(http, ns);
        }).RequirePermission(Permission.WriteSecrets);
        ns.MapPost("/settings", SaveSettingsAsync).RequirePermission(Permission.WriteNamespaces);
        ns.MapPost("/delete-secret", async (string ns, IFormCollection form, HttpContext http, ISecretStore secrets, CancellationToken cancellation) =>
        {
            await secrets.DeleteAsync(ns, form["key"].ToString(), cancellation);
            return Back(http, ns);
        }).RequirePermission(Permission.WriteSecrets);
    }

    private static async Task<IResult> SaveFileAsync(string ns, IFormCollection form, HttpContext http, INamespaceFileStore files, CancellationToken cancellation)
    {
        var (path, content) = (form["path"].ToString(), form["content"].ToString().ReplaceLineEndings("\n"));
        try
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
            await files.PutAsync(ns, path, stream, cancellation);
            return Back(http, ns, path);
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Invalid or RefusalKind.TooLarge)
        {
            return Refused(ns, refused, path, content);
        }
    }

    private static async Task<IResult> SaveSettingsAsync(string ns, IFormCollection form, HttpContext http, INamespaces namespaces, CancellationToken cancellation)
    {
        var (description, variables, defaults) = (form["description"].ToString(), form["variables"].ToString().ReplaceLineEndings("\n"), form["pluginDefaults"].ToString().ReplaceLineEndings("\n"));
        try
        {
            await namespaces.SaveAsync(ns, description, variables, defaults, cancellation);
            return Html.See(http, Addresses.With(Routes.To(Routes.NamespaceSettings, ns), ("saved", "true")));
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.Invalid)
        {
            return Html.Page<NamespaceSettingsPage>(new { Namespace = ns, refused.Problems, Description = description, VariablesText = variables, PluginDefaultsText = defaults }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> UploadAsync(string ns, IFormCollection form, HttpContext http, INamespaceFileStore files, CancellationToken cancellation)
    {
        if (form.Files.GetFile("file") is not { Length: > 0 } file) return Back(http, ns);
        await using var content = file.OpenReadStream();
        var path = Path.GetFileName(file.FileName.Replace('\\', '/'));
        try
        {
            if (form["unpack"] == "true" && Path.GetExtension(path).Equals(".zip", StringComparison.OrdinalIgnoreCase))
            {
                await FileArchive.UnpackAsync(content, (name, inside) => files.PutAsync(ns, name, inside, cancellation), cancellation);
                return Back(http, ns);
            }
            await files.PutAsync(ns, path, content, cancellation);
            return Back(http, ns, path);
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Invalid or RefusalKind.TooLarge)
        {
            return Refused(ns, refused);
        }
    }

    /// <summary>An earlier content becomes the newest: what came between stays among the revisions.</summary>
    private static async Task<IResult> RestoreFileAsync(string ns, IFormCollection form, HttpContext http, INamespaceFileStore files, CancellationToken cancellation)
    {
        var path = form["path"].ToString();
        if (!int.TryParse(form["revision"], CultureInfo.InvariantCulture, out var revision)) throw RefusedException.Invalid("revision", "Say which revision.");
        await using var content = await files.OpenAsync(ns, path, revision, cancellation);
        await files.PutAsync(ns, path, content, cancellation);
        return Back(http, ns, path);
    }

    private static async Task<IResult> MoveFileAsync(string ns, IFormCollection form, HttpContext http, INamespaceFileStore files, CancellationToken cancellation)
    {
        var (from, to) = (form["path"].ToString(), form["to"].ToString().Trim());
        try
        {
            await files.MoveAsync(ns, from, to, cancellation);
            return Back(http, ns, to);
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Invalid or RefusalKind.Conflict)
        {
            return Refused(ns, refused);
        }
    }

    private static async Task<IResult> SetValueAsync(string ns, IFormCollection form, HttpContext http, IKvStore values, CancellationToken cancellation)
    {
        var typed = new TypedValue(form["key"].ToString().Trim(), form["value"].ToString(), Enum.TryParse<KvType>(form["type"], ignoreCase: true, out var given) ? given : KvType.String, form["ttl"].ToString().Trim());
        try
        {
            await values.SetAsync(ns, typed.Key, Typed(typed.Value, typed.Type), typed.Type, Life(typed.Ttl), overwrite: true, null, cancellation);
            return Back(http, ns);
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.Invalid)
        {
            return Html.Page<NamespacePage>(new { Namespace = ns, Error = refused.Problems[0].Message, Typed = typed }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    /// <summary>Null: for ever. Errors: Invalid.</summary>
    private static TimeSpan? Life(string text) => text.Length == 0 ? null
        : Duration.TryParse(text, out var life) && life > TimeSpan.Zero ? life
        : throw RefusedException.Invalid("kv_ttl", $"'{text}' is no duration such as PT30M (half an hour) or P1D (a day).");

    /// <summary>Errors: Invalid when the text is not of the type.</summary>
    private static object? Typed(string text, KvType type)
    {
        if (type is not (KvType.Number or KvType.Boolean or KvType.Json)) return text;
        try
        {
            return Data.Parse(text.Trim());
        }
        catch (System.Text.Json.JsonException)
        {
            throw RefusedException.Invalid("kv_type", $"'{text}' is not a {type.ToString().ToLowerInvariant()}.");
        }
    }

    private static IResult Refused(string ns, RefusedException refused, string? path = null, string? content = null) =>
        Html.Page<NamespacePage>(new { Namespace = ns, Error = refused.Problems[0].Message, New = path is null ? null : "true", Path = path, Content = content }, StatusCodes.Status422UnprocessableEntity);

    private static IResult Back(HttpContext http, string ns, string? file = null) =>
        Html.See(http, Addresses.With(Routes.To(Routes.Namespace, ns), ("file", file is null ? null : file.StartsWith('/') ? file : "/" + file)));
}
