using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Flows.Editing;

/// <summary>A flow's text as it stands in the editor, and what reading it found out.</summary>
public sealed record FlowSource(string Text, FlowReading Reading)
{
    /// <summary>The stored revision that the text was made from; 0 for a flow that is not stored yet.</summary>
    public int Revision { get; init; }

    /// <summary>Why it was not saved, when that was not the text's fault: somebody else saved, the name changed.</summary>
    public Problem? Refused { get; init; }

    /// <summary>The revision that somebody saved in the meantime.</summary>
    public int? Overtaken { get; init; }
}
