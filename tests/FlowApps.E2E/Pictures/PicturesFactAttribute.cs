namespace FlowApps.E2E.Pictures;

/// <summary>Writes pictures of the documentation; done on demand, as they change with every run.</summary>
public sealed class PicturesFactAttribute : FactAttribute
{
    public PicturesFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("FLOWAPPS_WRITE_PICTURES") is null) Skip = "Writes docs/pictures: set FLOWAPPS_WRITE_PICTURES=1.";
        else if (!File.Exists(Demo.Chromium)) Skip = $"{Demo.Chromium} is missing: apt-get install chromium.";
    }
}
