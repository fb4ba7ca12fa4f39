using System.Runtime.InteropServices;

namespace FlowApps.Storage.Files;

/// <summary>What .NET does not offer for folders: a rename is durable only when the folder is on the disk too.</summary>
internal static class DiskFolder
{
    public const int NoSpace = 28;
    public const int ReadOnly = 30;
    public const int OverQuota = 122;

    /// <summary>Errors: <see cref="IOException"/>: the disk did not take it.</summary>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, 0);
        if (handle < 0) throw new IOException($"The folder {folder} cannot be opened.", Marshal.GetLastPInvokeError());
        try
        {
            if (Flush(handle) != 0) throw new IOException($"The folder {folder} cannot be written to the disk.", Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
