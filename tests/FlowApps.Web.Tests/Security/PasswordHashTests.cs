using FlowApps.Web.Security;

namespace FlowApps.Web.Tests.Security;

public sealed class PasswordHashTests
{
    [Fact]
    public void A_hash_matches_its_password_only_and_is_salted()
    {
        var hash = PasswordHash.Of("corréct horse");
        Assert.True(PasswordHash.Matches("corréct horse", hash));
        Assert.False(PasswordHash.Matches("correct horse", hash));
        Assert.NotEqual(hash, PasswordHash.Of("corréct horse"));
    }

    [Fact]
    public void Nobody_matches_without_a_hash() => Assert.False(PasswordHash.Matches("", null));
}
