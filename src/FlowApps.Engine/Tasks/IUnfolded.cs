using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tasks;

/// <summary>A task whose runs have other children than stand in the text: the engine puts some of its own between.</summary>
public interface IUnfolded
{
    /// <summary>The lists of children as they run.</summary>
    IReadOnlyList<TaskBranch> Unfolded { get; }
}
