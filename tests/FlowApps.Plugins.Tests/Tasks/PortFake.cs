using System.Reflection;

namespace FlowApps.Plugins.Tests.Tasks;

/// <summary>A port that answers the methods a test names and refuses all others.</summary>
public class PortFake : DispatchProxy
{
    private readonly Dictionary<string, Func<object?[], object?>> answers = [];

    public static TPort Of<TPort>(params ReadOnlySpan<(string Method, Func<object?[], object?> Answer)> answers) where TPort : class
    {
        var port = Create<TPort, PortFake>();
        foreach (var (method, answer) in answers) ((PortFake)(object)port).answers[method] = answer;
        return port;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        answers.TryGetValue(targetMethod!.Name, out var answer) ? answer(args ?? []) : throw new InvalidOperationException($"The task called {targetMethod.Name}.");
}
