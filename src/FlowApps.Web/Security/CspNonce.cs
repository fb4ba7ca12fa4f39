using System.Security.Cryptography;

namespace FlowApps.Web.Security;

/// <summary>A random number that this answer's scripts carry and its Content-Security-Policy names.</summary>
public sealed class CspNonce
{
    public string Value { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
}
