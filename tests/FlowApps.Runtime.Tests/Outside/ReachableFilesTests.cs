using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using FlowApps.Expressions;
using FlowApps.Runtime.Outside;

namespace FlowApps.Runtime.Tests.Outside;

public sealed class ReachableFilesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Execution Run = new()
    {
        Id = "own",
        Namespace = "company.team",
        FlowId = "flow",
        FlowRevision = 1,
        ParentId = "before",
        State = StateTrail.Start(State.Running, Now),
        Trigger = new ExecutionTrigger("t", "Subflow", Data.Map(("namespace", "company.other"), ("flowId", "caller"), ("executionId", "parent"))),
        TaskRuns = TaskRunList.Empty.Add(new TaskRun { Id = "r", TaskId = "sub", State = StateTrail.Start(State.Running, Now), ChildExecutionId = "child" }),
    };

    [Theory]
    [InlineData("kestra:///company/team/flow/executions/own/tasks/a/r/x.txt", true, true)]
    [InlineData("kestra:///company/team/flow/executions/before/tasks/a/r/x.txt", true, true)]
    [InlineData("kestra:///company/other/caller/executions/parent/inputs/f/x.txt", true, true)]
    [InlineData("kestra:///company/else/called/executions/child/tasks/a/r/x.txt", true, true)]
    [InlineData("kestra:///company/team/_files/a/b.txt", true, true)]
    [InlineData("nsfile:///a/b.txt", true, true)]
    [InlineData("a/b.txt", true, true)]
    [InlineData("kestra:///company/team/flow/executions/0SyAW1E0000000stranger/tasks/a/r/x.txt", false, true)]
    [InlineData("kestra:///company/other/caller/executions/0SyAW1E0000000stranger/inputs/f/x.txt", false, false)]
    [InlineData("kestra:///company/teammates/flow/executions/x/tasks/a/r/x.txt", false, false)]
    [InlineData("kestra:///company/team/flow/executions/own/../../../../../secret", false, false)]
    [InlineData("kestra:///company/team/below/flow/executions/0SyAW1E0000000stranger/tasks/a/r/x.txt", false, false)]
    [InlineData("kestra:///company/team/below/executions/executions/0SyAW1E0000000stranger/tasks/a/r/x.txt", false, false)]
    [InlineData("kestra:///company/team/below/_files/a/b.txt", false, false)]
    [InlineData("kestra:///company/team/flow/other/x.txt", false, false)]
    [InlineData("kestra:///company/team/_files/../below/_files/x.txt", false, false)]
    [InlineData("nsfile:///../other/_files/x", false, false)]
    public void Only_files_of_related_executions_and_of_the_namespace_are_reached(string uri, bool byExpression, bool byTask)
    {
        Assert.Equal(byExpression, Reaches(new ReachableFiles("company.team", Run, forTask: false), uri));
        Assert.Equal(byTask, Reaches(new ReachableFiles("company.team", Run, forTask: true), uri));
    }

    private static bool Reaches(ReachableFiles files, string uri)
    {
        try
        {
            return files.PathOf(uri).Length > 0;
        }
        catch (ExpressionException)
        {
            return false;
        }
    }
}
