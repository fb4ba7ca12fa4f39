namespace FlowApps.Testing.Servers;

/// <summary>A folder that a test made below the temporary one.</summary>
public static class TestFolder
{
    private const int Tries = 50;

    /// <summary>Removes it with everything in it. A process that outlived its killed parent may still write there for a moment; what it holds after five seconds stays.</summary>
    public static void Remove(string folder)
    {
        for (var tries = 0; Directory.Exists(folder) && tries < Tries; tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(100);
            }
        }
    }
}
