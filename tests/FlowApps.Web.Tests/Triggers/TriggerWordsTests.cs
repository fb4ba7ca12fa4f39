using FlowApps.Engine.Triggers;
using FlowApps.Web.Triggers;

namespace FlowApps.Web.Tests.Triggers;

public sealed class TriggerWordsTests
{
    [Theory]
    [InlineData("@hourly", "every hour at :00")]
    [InlineData("@midnight", "every day at 00:00")]
    [InlineData("@weekly", "every Sunday at 00:00")]
    [InlineData("@annually", "on 1 January at 00:00")]
    [InlineData("*/5 * * * *", "every 5 minutes")]
    [InlineData("30 7 * * 1-5", "weekdays at 07:30")]
    [InlineData("0 9 * * 7", "every Sunday at 09:00")]
    [InlineData("0 9 15 * *", "on day 15 of each month at 09:00")]
    [InlineData("0 9 1-3 * *", "0 9 1-3 * *")]
    public void The_everyday_dates_are_said_in_words(string cron, string words) =>
        Assert.Equal($"{words}, Europe/Paris", TriggerWords.Of(new Schedule { Id = "s", Type = "core.trigger.Schedule", Cron = cron, Timezone = "Europe/Paris" }, "core.trigger.Schedule"));
}
