using System.Globalization;
using Bunit;
using FlowApps.Domain.Executions;
using FlowApps.Web.Look;

namespace FlowApps.Web.Tests.Look;

public sealed class RunHistoryTests : BunitContext
{
    [Fact]
    public void The_last_twenty_runs_are_drawn_and_failure_is_tallest()
    {
        var runs = Enumerable.Range(0, 25).Select(i => new RunHistory.Run(i == 24 ? State.Failed : State.Success, TimeSpan.FromSeconds(i + 1))).ToList();
        var history = Render<RunHistory>(h => h.Add(p => p.Name, "orders").Add(p => p.Runs, runs));
        var bars = history.FindAll("rect");
        Assert.Equal(20, bars.Count);
        Assert.Equal("FAILED", bars[^1].GetAttribute("data-state"));
        Assert.All(bars.SkipLast(1), bar => Assert.True(Height(bar) < Height(bars[^1])));
        Assert.Equal("Last 20 runs of orders: 1 failed", history.Find("svg").GetAttribute("aria-label"));
    }

    [Fact]
    public void A_flow_that_never_ran_says_so() =>
        Assert.Equal("none yet", Render<RunHistory>(h => h.Add(p => p.Name, "orders").Add(p => p.Runs, [])).Find("span").TextContent);

    private static double Height(AngleSharp.Dom.IElement bar) => double.Parse(bar.GetAttribute("height")!, CultureInfo.InvariantCulture);
}
