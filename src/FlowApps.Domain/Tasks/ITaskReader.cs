namespace FlowApps.Domain.Tasks;

/// <summary>Reads one task from YAML text, for tasks that are made while a flow runs.</summary>
public interface ITaskReader
{
    /// <summary>Errors: <see cref="Problems.RefusedException"/> Invalid with every problem of the text.</summary>
    TaskDefinition ReadTask(string yaml);
}
