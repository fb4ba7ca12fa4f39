namespace FlowApps.Web.Home;

/// <summary>One day (UTC). <c>Seconds</c>: all durations of what ended, added up.</summary>
public sealed record DayCounts(DateOnly Day, long Success, long Warning, long Failed, long Other, double Seconds)
{
    public long Total => Success + Warning + Failed + Other;
}
