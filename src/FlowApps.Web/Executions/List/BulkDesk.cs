using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Web.Security;

namespace FlowApps.Web.Executions.List;

/// <summary>One action on many executions: each is done or refused on its own, and said so.</summary>
public sealed class BulkDesk(IExecutions executions, Reader reader)
{
    private const int Most = 500;

    public async Task<BulkResult> RunAsync(string action, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var asker = new Asker(reader.Name) { Groups = reader.Groups };
        var refused = new List<(string Id, string Why)>();
        var done = 0;
        foreach (var id in ids.Distinct().Take(Most))
        {
            try
            {
                _ = action switch
                {
                    "kill" => await executions.KillAsync(id, cascade: true, asker, cancellation),
                    "restart" => await executions.RestartAsync(id, null, asker, cancellation),
                    "replay" => await executions.ReplayAsync(id, null, null, null, asker, cancellation),
                    _ => throw RefusedException.Invalid("unknown_action", $"There is no action '{action}'."),
                };
                done++;
            }
            catch (RefusedException e) when (e.Kind is RefusalKind.Conflict or RefusalKind.NotFound or RefusalKind.Invalid)
            {
                refused.Add((id, e.Problems[0].Message));
            }
        }
        return new BulkResult(action, done, refused);
    }
}
