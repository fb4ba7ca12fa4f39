namespace FlowApps.Expressions.Tests;

/// <summary>A test that needs the conformance kit beside the repository; skipped where it is missing.</summary>
public sealed class ConformanceTheoryAttribute : TheoryAttribute
{
    public ConformanceTheoryAttribute()
    {
        if (!ConformanceCase.IsThere) Skip = "the conformance kit is not there (../shared/conformance beside the repository)";
    }
}
