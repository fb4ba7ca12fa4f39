using System.Reflection;
using System.Security.Claims;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Apps;
using FlowApps.Web.Security;
using Microsoft.AspNetCore.Http;

namespace FlowApps.Web.Tests.Apps;

public sealed class AppDoorTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly User Maya = new("maya", "Maya Lindqvist", [Role.Requester]) { Groups = ["design"] };
    private static readonly App Plain = new() { Id = "a", Type = "apps.Execution", Namespace = "n", FlowId = "f" };

    public static TheoryData<string, App, bool, bool> Doors => new()
    {
        { "private", Plain, true, false },
        { "for a group of theirs", Plain with { Access = new AppAccess { Groups = ["design"] } }, true, false },
        { "for another group", Plain with { Access = new AppAccess { Groups = ["finance"] } }, false, false },
        { "public", Plain with { Access = new AppAccess(AppAccessType.Public) }, true, true },
        { "public and disabled", Plain with { Access = new AppAccess(AppAccessType.Public), Disabled = true }, false, false },
        { "public and over", Plain with { Access = new AppAccess(AppAccessType.Public), Expiration = new AppExpiration(null, Now.AddDays(-1)) }, false, false },
        { "public and not begun", Plain with { Access = new AppAccess(AppAccessType.Public), Expiration = new AppExpiration(Now.AddDays(1), null) }, false, false },
        { "public and in its time", Plain with { Access = new AppAccess(AppAccessType.Public), Expiration = new AppExpiration(Now.AddDays(-1), Now.AddDays(1)) }, true, true },
    };

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task An_app_is_open_to_those_it_is_meant_for_and_looks_missing_to_others(string kind, App app, bool toMaya, bool toStrangers)
    {
        Assert.NotEmpty(kind);
        Assert.Equal(toMaya, await OpensAsync(door => door.OpenAsync("n", "a", default), app, PersonClaims.Of(Maya, "test")));
        Assert.Equal(toStrangers, await OpensAsync(door => door.OpenToAllAsync("n", "a", default), app, new ClaimsPrincipal(new ClaimsIdentity())));
    }

    private static async Task<bool> OpensAsync(Func<AppDoor, Task<App>> open, App app, ClaimsPrincipal person)
    {
        var http = new HttpContextAccessor { HttpContext = new DefaultHttpContext { User = person } };
        try
        {
            return await open(new AppDoor(OneApp.Of(app), new Reader(http), TimeProvider.System)) == app;
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.NotFound)
        {
            return false;
        }
    }

    /// <summary>A catalogue of one.</summary>
    public class OneApp : DispatchProxy
    {
        private App? app;

        internal static IApps Of(App app)
        {
            var apps = Create<IApps, OneApp>();
            ((OneApp)apps).app = app;
            return apps;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod?.Name == nameof(IApps.FindAsync) ? Task.FromResult(app) : throw new NotSupportedException(targetMethod?.Name);
    }
}
