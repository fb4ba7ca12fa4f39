using FlowApps.Web.Look;

namespace FlowApps.Web.Tests.Look;

public sealed class DurationsTests
{
    [Theory]
    [InlineData(0, "now")]
    [InlineData(-42, "42 s ago")]
    [InlineData(-61, "1 min ago")]
    [InlineData(7_200, "in 2 h")]
    [InlineData(-259_200, "3 d ago")]
    public void Distances_read_as_people_say_them(int seconds, string words) => Assert.Equal(words, Durations.Relative(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.042, "42 ms")]
    [InlineData(8.44, "8.4 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(192, "3 min 12 s")]
    [InlineData(7_500, "2 h 5 min")]
    [InlineData(273_600, "3 d 4 h")]
    public void Durations_keep_two_units_at_most(double seconds, string words) => Assert.Equal(words, Durations.Words(TimeSpan.FromSeconds(seconds)));
}
