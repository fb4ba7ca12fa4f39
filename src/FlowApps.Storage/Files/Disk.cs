using System.Runtime.InteropServices;

namespace FlowApps.Storage.Files;

/// <summary>What .NET does not do: a rename is durable only when the folder is on the disk too, and <see cref="FileStream.Flush(bool)"/> keeps it to itself when the disk refuses.</summary>
internal static class Disk
{
    private const int Interrupted = 4;
    public const int NoSpace = 28;
    public const int ReadOnly = 30;
    public const int OverQuota = 122;

    /// <summary>What was written to the file is on the disk. Errors: <see cref="IOException"/>: the disk did not take it.</summary>
    public static void Sync(FileStream file)
    {
        file.Flush(OperatingSystem.IsWindows());
        if (!OperatingSystem.IsWindows()) Flush(file.SafeFileHandle.DangerousGetHandle().ToInt32(), file.Name);
    }

    /// <summary>What was made or named in the folder is on the disk. Errors: as above.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, 0);
        if (handle < 0) throw new IOException($"The folder {folder} cannot be opened.", Marshal.GetLastPInvokeError());
        try
        {
            Flush(handle, folder);
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static void Flush(int handle, string what)
    {
        while (Flush(handle) != 0)
            if (Marshal.GetLastPInvokeError() is not Interrupted and var error) throw new IOException($"{what} cannot be written to the disk.", error);
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
