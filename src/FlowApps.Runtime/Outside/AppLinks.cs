using FlowApps.Expressions;
using FlowApps.Runtime.Hosting;

namespace FlowApps.Runtime.Outside;

/// <summary>Addresses for the function <c>appLink</c>: the page of one request, or of the app that makes new ones.</summary>
internal sealed class AppLinks(RuntimeOptions options)
{
    /// <summary>Arguments: <c>appId</c> (default: the flow's own app), <c>baseUrl</c> true for the app without the request.</summary>
    public string Of(string ns, string? flowId, string? executionId, IReadOnlyDictionary<string, object?> arguments)
    {
        if (executionId is not null && arguments.GetValueOrDefault("baseUrl") is not true) return $"{options.Url}/r/{executionId}";
        var app = arguments.GetValueOrDefault("appId")?.ToString() ?? flowId ?? throw new ExpressionException("appLink needs 'appId' outside of an execution.");
        return $"{options.Url}/a/{ns}/{app}";
    }
}
