using FlowApps.Testing.Conformance;

namespace FlowApps.Engine.Tests.Conformance;

/// <summary>A theory over the corpus; skipped where the corpus is not.</summary>
public sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute()
    {
        if (Corpus.Folder is null) Skip = "The conformance corpus (../shared/conformance) is not here.";
    }
}
