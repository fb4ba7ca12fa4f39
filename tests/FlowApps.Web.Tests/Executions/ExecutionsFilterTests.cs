using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Web.Executions.List;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace FlowApps.Web.Tests.Executions;

public sealed class ExecutionsFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_filter_is_its_address()
    {
        var filter = new ExecutionsFilter("boiler & co", "shop.eu", "orders", "failing", "7d", 3);
        Assert.Equal(filter, Read(filter.Address));
        Assert.Equal("/executions", new ExecutionsFilter().Address);
    }

    [Theory]
    [InlineData("/executions?page=-3&q=%20&state=")]
    [InlineData("/executions?page=nonsense")]
    public void Nonsense_in_an_address_filters_nothing(string address) => Assert.True(Read(address).IsEmpty);

    [Fact]
    public void Labels_are_words_of_the_search_and_the_time_counts_back_from_now()
    {
        var query = new ExecutionsFilter("pump label:team=shop", Since: "24h").Query(Now);
        Assert.Equal("pump", query.Text);
        Assert.Equal([new Label("team", "shop")], query.Labels);
        Assert.Equal(Now.AddDays(-1), query.From);
    }

    [Fact]
    public void Running_means_everything_at_work_but_not_what_waits_for_people()
    {
        var states = new ExecutionsFilter(State: "open").Query(Now).States;
        Assert.Contains(State.Queued, states);
        Assert.DoesNotContain(State.Paused, states);
        Assert.DoesNotContain(states, state => state.IsTerminal);
    }

    private static ExecutionsFilter Read(string address)
    {
        var at = address.IndexOf('?', StringComparison.Ordinal);
        return ExecutionsFilter.Of(new QueryCollection(at < 0 ? [] : QueryHelpers.ParseQuery(address[at..])));
    }
}
