using System.Net;
using FlowApps.Web.Apps.Public;
using Microsoft.AspNetCore.Http;

namespace FlowApps.Web.Tests.Apps;

public sealed class VisitorLimitTests
{
    [Fact]
    public void Ten_forms_are_taken_from_one_address_and_the_next_is_not()
    {
        using var limit = new VisitorLimit();
        var visitor = From("192.0.2.7");
        Assert.All(Enumerable.Range(0, 10), _ => Assert.True(limit.MaySend(visitor, proved: true)));
        Assert.False(limit.MaySend(visitor, proved: true));
        Assert.True(limit.MayChange(visitor));
        Assert.True(limit.MaySend(From("192.0.2.8"), proved: true));
    }

    [Fact]
    public void Who_did_no_proof_of_work_may_send_less()
    {
        using var limit = new VisitorLimit();
        var visitor = From("192.0.2.9");
        Assert.All(Enumerable.Range(0, 4), _ => Assert.True(limit.MaySend(visitor, proved: false)));
        Assert.False(limit.MaySend(visitor, proved: false));
        Assert.True(limit.MaySend(visitor, proved: true));
    }

    private static DefaultHttpContext From(string address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return http;
    }
}
