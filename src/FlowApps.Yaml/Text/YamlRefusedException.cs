using FlowApps.Domain.Problems;

namespace FlowApps.Yaml.Text;

/// <summary>Ends the reading of a text that cannot be read on; never leaves this room.</summary>
internal sealed class YamlRefusedException(Problem problem) : Exception(problem.Message)
{
    public Problem Problem { get; } = problem;
}
