using System.Security.Cryptography;
using System.Text;
using FlowApps.Storage.Files;

namespace FlowApps.Storage.Security;

/// <summary>The key of encrypted texts: configured, or made once and kept in the data folder for its owner's eyes only.</summary>
internal static class CipherKey
{
    /// <summary>Errors: <see cref="InvalidOperationException"/> when the configured key has a wrong length.</summary>
    public static byte[] Find(StorageOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.EncryptionKey)) return Bytes(options.EncryptionKey.Trim());
        var file = Path.Combine(Path.GetFullPath(options.Data), "encryption.key");
        if (!File.Exists(file)) Make(file);
        return Bytes(File.ReadAllText(file).Trim());
    }

    private static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var settings = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var temporary = $"{file}.{Guid.NewGuid():N}";
        using (var stream = new FileStream(temporary, settings))
        {
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
            Disk.Sync(stream);
        }
        try
        {
            File.Move(temporary, file, false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process was first: its key is the key.
            File.Delete(temporary);
        }
    }

    private static byte[] Bytes(string key)
    {
        var bytes = new byte[key.Length];
        if (Convert.TryFromBase64String(key, bytes, out var length) && length is 16 or 24 or 32) return bytes[..length];
        var text = Encoding.UTF8.GetBytes(key);
        return text.Length is 16 or 24 or 32 ? text : throw new InvalidOperationException("The encryption key (FlowApps:Encryption:SecretKey) must be base64 of 16, 24 or 32 bytes.");
    }
}
