using System.Globalization;
using System.Security.Cryptography;

namespace FlowApps.Web.Security;

/// <summary>Password hashes: PBKDF2 with SHA-256 (NIST SP 800-132), written as <c>pbkdf2-sha256$iterations$salt$key</c> so that the count can grow.</summary>
public static class PasswordHash
{
    private const string Scheme = "pbkdf2-sha256";
    private const int Iterations = 210_000;
    private const int SaltBytes = 16;
    private const int KeyBytes = 32;

    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var key = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, KeyBytes);
        return Write(salt, key);
    }

    /// <summary>Takes as long for a missing hash as for a wrong password, so that time does not tell which names exist.</summary>
    public static bool Matches(string password, string? hash)
    {
        var parts = (hash ?? Nobody).Split('$');
        if (parts.Length != 4 || parts[0] != Scheme) return false;
        var expected = Convert.FromBase64String(parts[3]);
        var iterations = int.Parse(parts[1], CultureInfo.InvariantCulture);
        var key = Rfc2898DeriveBytes.Pbkdf2(password, Convert.FromBase64String(parts[2]), iterations, HashAlgorithmName.SHA256, expected.Length);
        return CryptographicOperations.FixedTimeEquals(key, expected) && hash is not null;
    }

    private static readonly string Nobody = Write(RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(KeyBytes));

    private static string Write(byte[] salt, byte[] key) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(key)}");
}
