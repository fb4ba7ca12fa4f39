using FlowApps.Domain.Problems;

namespace FlowApps.Runtime.Executions;

/// <summary>What became of an errand when it was decided: null problem = it took effect with the commit.</summary>
internal sealed record Answered(Errand Errand, Subject Subject, Problem? Refusal);
