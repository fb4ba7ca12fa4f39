using FlowApps.Web.Approvals;

namespace FlowApps.Web.Tests.Approvals;

public sealed class DueWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1, "is-late")]
    [InlineData(0, "is-soon")]
    [InlineData(239, "is-soon")]
    [InlineData(240, null)]
    public void How_near_the_end_is_shows_in_the_inbox(int minutes, string? css) => Assert.Equal(css, DueWords.Css(Now.AddMinutes(minutes), Now));
}
