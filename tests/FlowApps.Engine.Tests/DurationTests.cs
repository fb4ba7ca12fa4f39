using FlowApps.Domain.Values;

namespace FlowApps.Engine.Tests;

public sealed class DurationTests
{
    [Theory]
    [InlineData(0, "PT0S")]
    [InlineData(5_000_000, "PT0.5S")]
    [InlineData(1, "PT0.0000001S")]
    [InlineData(10_000_000, "PT1S")]
    [InlineData(36_000_000_000, "PT1H")]
    [InlineData(36_005_000_000, "PT1H0.5S")]
    [InlineData(49 * 36_000_000_000 + 600_000_000 + 12_345_000, "PT49H1M1.2345S")]
    [InlineData(-5_000_000, "PT-0.5S")]
    [InlineData(-15_000_000, "PT-1.5S")]
    [InlineData(-36_600_000_000, "PT-1H-1M")]
    public void Hours_are_the_largest_unit(long ticks, string expected) => Assert.Equal(expected, Duration.Write(new TimeSpan(ticks)));

    [Fact]
    public void What_is_written_is_read_as_the_same()
    {
        var random = new Random(7);
        foreach (var value in Enumerable.Range(0, 1000).Select(_ => new TimeSpan(random.NextInt64(1L << random.Next(1, 63)))).Append(TimeSpan.MaxValue))
            Assert.Equal(value, Duration.Parse(Duration.Write(value)));
    }
}
