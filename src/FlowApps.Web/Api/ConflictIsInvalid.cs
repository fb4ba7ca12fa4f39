using FlowApps.Domain.Problems;

namespace FlowApps.Web.Api;

/// <summary>Kestra answers 422, not 409, when an execution is in a state that does not allow the operation; used where its clients expect that.</summary>
public sealed class ConflictIsInvalid : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.Conflict)
        {
            throw new RefusedException(RefusalKind.Invalid, refused.Problems);
        }
    }
}
