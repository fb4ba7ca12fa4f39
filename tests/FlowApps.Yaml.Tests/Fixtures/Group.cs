using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;

namespace FlowApps.Yaml.Tests.Fixtures;

[Plugin("test.Group", Deprecated = true)]
public sealed record Group : FlowableTask
{
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<TaskDefinition>> Cases { get; init; } = new OrderedDictionary<string, IReadOnlyList<TaskDefinition>>();

    protected override IEnumerable<TaskBranch> OwnBranches() => Cases.Select(c => new TaskBranch("cases." + c.Key, c.Value)).Prepend(new TaskBranch("tasks", Tasks));
}
