using FlowApps.Engine.FlowTests;

namespace FlowApps.Engine.Tests.FlowTests;

public sealed class ComparisonTests
{
    [Theory]
    [InlineData("equalTo", 200, "200", true)]
    [InlineData("equalTo", "200.0", 200, true)]
    [InlineData("equalTo", true, "true", true)]
    [InlineData("equalTo", null, "", false)]
    [InlineData("notEqualTo", "a", "b", true)]
    [InlineData("startsWith", "prod-1", "prod-", true)]
    [InlineData("endsWith", "a.json", ".csv", false)]
    [InlineData("contains", "a MASTER", "MAST", true)]
    [InlineData("greaterThan", "10", 9, true)]
    [InlineData("greaterThanOrEqualTo", 9, 9.0, true)]
    [InlineData("lessThan", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00+01:00", false)]
    [InlineData("lessThanOrEqualTo", "apple", "pear", true)]
    [InlineData("isNull", null, true, true)]
    [InlineData("isNull", "x", false, true)]
    [InlineData("isNotNull", "", true, true)]
    [InlineData("isNotNull", null, true, false)]
    public void Values_compare_as_whoever_wrote_the_test_means_it(string name, object? actual, object? expected, bool holds) => Assert.Equal(holds, Comparison.Holds(name, actual, expected));

    [Fact]
    public void Lists_are_looked_through_and_compared_by_what_they_hold()
    {
        List<object?> codes = [200, "201"];
        Assert.True(Comparison.Holds("in", "200", codes));
        Assert.True(Comparison.Holds("notIn", 404, codes));
        Assert.True(Comparison.Holds("contains", codes, 201));
        Assert.True(Comparison.Holds("equalTo", codes, new List<object?> { 200, "201" }));
    }

    [Fact]
    public void What_has_no_order_says_so() => Assert.Throws<FormatException>(() => Comparison.Holds("greaterThan", null, 1));
}
