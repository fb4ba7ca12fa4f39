using System.Collections.Concurrent;
using System.Reflection;

namespace FlowApps.Yaml.Binding;

/// <summary>Makes dynamic properties of a type known only at run time.</summary>
internal static class Properties
{
    private static readonly ConcurrentDictionary<Type, ConstructorInvoker> Constructors = new();

    public static object Create(Type type, object raw) =>
        Constructors.GetOrAdd(type, t => ConstructorInvoker.Create(t.GetConstructor([typeof(object)])!)).Invoke(raw);
}
