using FlowApps.Expressions.Catalogue;

namespace FlowApps.Expressions.Functions;

/// <summary>encrypt and decrypt.</summary>
internal static class CryptoFunctions
{
    private const string Key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";

    public static IEnumerable<Function> All =>
    [
        new("encrypt", "Text encrypted with a Base64 key (AES-GCM), in Base64.", ["key", "plaintext"], arguments => SecretBox.Encrypt(arguments.Text(0), arguments.Text(1)),
            "{{ encrypt('" + Key + "', 'secret') | length }}", "48"),
        new("decrypt", "Text out of encrypt.", ["key", "encrypted"], arguments => SecretBox.Decrypt(arguments.Text(0), arguments.Text(1)),
            "{{ decrypt('" + Key + "', encrypt('" + Key + "', 'secret')) }}", "secret"),
    ];
}
