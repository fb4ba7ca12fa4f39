using System.Diagnostics;
using Microsoft.Playwright;

namespace FlowApps.E2E;

/// <summary>A browser of a test's own, with a profile on disk, that can be killed without warning and started again on that profile.</summary>
internal sealed class KillableBrowser(IPlaywright playwright) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo profile = Directory.CreateTempSubdirectory("flowapps-profile-");
    private Process? process;
    private IBrowser? browser;

    /// <summary>Its page; starts it when it does not run.</summary>
    public async Task<IPage> PageAsync()
    {
        if (browser is null) await StartAsync();
        var context = browser!.Contexts[0];
        return context.Pages.Count > 0 ? context.Pages[0] : await context.NewPageAsync();
    }

    public void Kill()
    {
        process!.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        (process, browser) = (null, null);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        if (process is not null) Kill();
        for (var tries = 0; profile.Exists; tries++)
        {
            try
            {
                profile.Delete(recursive: true);
                return;
            }
            catch (IOException) when (tries < 50)
            {
                // A process of it is still writing its last file.
                await Task.Delay(100);
            }
        }
    }

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo(Demo.Chromium) { RedirectStandardError = true };
        foreach (var argument in (string[])[.. Demo.Flags, "--headless=new", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "about:blank"]) start.ArgumentList.Add(argument);
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.Split("DevTools listening on ") is [_, var address]) listening.TrySetResult(address);
        };
        process.Start();
        process.BeginErrorReadLine();
        browser = await playwright.Chromium.ConnectOverCDPAsync(await listening.Task.WaitAsync(StartLimit));
    }
}
