namespace FlowApps.Conformance.Tests;

/// <summary>A test that needs the conformance kit beside the repository; skipped, saying so, where it is missing.</summary>
public sealed class KitFactAttribute : FactAttribute
{
    public KitFactAttribute()
    {
        if (!Kit.IsThere) Skip = "the conformance kit is not there (../shared/conformance beside the repository)";
    }
}
