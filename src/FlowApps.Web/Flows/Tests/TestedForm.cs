using FlowApps.Domain.Apps;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Flows.Tests;

/// <summary>The text's problems, or what each case came to.</summary>
public sealed record TestedForm(IReadOnlyList<Problem> Problems, IReadOnlyList<FormCaseResult> Results);
