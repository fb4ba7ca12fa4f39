using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Web.Api;
using Microsoft.AspNetCore.Http;

namespace FlowApps.Web.Tests.Api;

public sealed class SearchFiltersTests
{
    [Fact]
    public void Classic_parameters_and_newer_filters_say_the_same()
    {
        var classic = Of("?namespace=shop&state=FAILED&state=KILLED&labels=team:a:b");
        var newer = Of("?filters[namespace][EQUALS]=shop&filters[state][IN]=FAILED,KILLED&filters[labels][EQUALS][team]=a:b");
        foreach (var filters in new[] { classic, newer })
        {
            Assert.Equal("shop", filters.Text("namespace"));
            Assert.Equal(["FAILED", "KILLED"], filters.Values("state"));
            Assert.Equal([new Label("team", "a:b")], filters.Labels);
        }
    }

    [Fact]
    public async Task Conditions_in_a_body_are_read_with_their_field_names_in_any_spelling()
    {
        var http = new DefaultHttpContext();
        http.Request.Body = new MemoryStream("""[{"field":"FLOW_ID","operation":"EQUALS","value":"orders"},{"field":"labels","operation":"EQUALS","value":{"team":"a"}}]"""u8.ToArray());
        var filters = await SearchFilters.WithBodyAsync(http.Request);
        Assert.Equal("orders", filters.Text("flowId"));
        Assert.Equal([new Label("team", "a")], filters.Labels);
    }

    [Fact]
    public void An_operation_that_is_not_supported_is_refused_with_those_that_are()
    {
        var refused = Assert.Throws<RefusedException>(() => Of("?filters[flowId][REGEX]=a.*").Text("flowId"));
        Assert.Contains("EQUALS", refused.Problems[0].Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public void A_period_is_either_a_range_or_two_dates()
    {
        var now = new DateTimeOffset(2030, 1, 2, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(now.AddHours(-6), Of("?timeRange=PT6H").Period(now).From);
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 10, 0, 0, TimeSpan.Zero), Of("?startDate=2030-01-01T12:00:00%2B02:00").Period(now).From);
        Assert.Throws<RefusedException>(() => Of("?timeRange=PT6H&startDate=2030-01-01T12:00:00Z").Period(now));
    }

    [Theory]
    [InlineData("?labels=:value")]
    [InlineData("?labels=key:")]
    [InlineData("?labels=key")]
    public void A_label_without_key_or_value_is_refused(string query) => Assert.Throws<RefusedException>(() => Of(query).Labels);

    private static SearchFilters Of(string query)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new QueryString(query);
        return SearchFilters.Of(http.Request);
    }
}
