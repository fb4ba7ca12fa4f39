using FlowApps.Web.Layout;

namespace FlowApps.Web.Tests.Layout;

public sealed class RoutesTests
{
    [Fact]
    public void Names_are_filled_in_order_and_escaped() =>
        Assert.Equal("/flows/shop.orders/a%2Fb%20c", Routes.To(Routes.Flow, "shop.orders", "a/b c"));

    [Fact]
    public void Short_options_become_configuration_keys() =>
        Assert.Equal(["--FlowApps:Demo=true", "--urls=http://*:9000", "--FlowApps:Data=/x", "--FlowApps:Company=Ours"],
            Arguments.Expand(["--demo", "--port", "9000", "--data", "/x", "--FlowApps:Company=Ours"]));

    [Theory]
    [InlineData("/dist/chunk-4DUDZPNN.js", true)]
    [InlineData("/dist/site.js", false)]
    [InlineData("/dist/inter-cyrillic.woff2", false)]
    public void A_file_may_be_kept_for_ever_only_when_its_name_holds_its_digest(string path, bool forever) => Assert.Equal(forever, AssetUrls.IsDigested(path));
}
