namespace FlowApps.E2E;

/// <summary>A test that needs chromium; skipped with a reason where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (!File.Exists(Demo.Chromium)) Skip = $"{Demo.Chromium} is missing: apt-get install chromium.";
    }
}
