namespace FlowApps.Web.Security;

/// <summary>The reader's time zone, as their browser said it (a cookie set by the time script); UTC before it did.</summary>
public sealed class ReaderZone(IHttpContextAccessor http)
{
    public const string Cookie = "flowapps.zone";

    public TimeZoneInfo Zone =>
        http.HttpContext?.Request.Cookies[Cookie] is { Length: > 0 and < 64 } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
