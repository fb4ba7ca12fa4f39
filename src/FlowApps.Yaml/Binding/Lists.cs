using System.Collections;
using System.Collections.Concurrent;

namespace FlowApps.Yaml.Binding;

/// <summary>Makes the lists and ordered maps that definition records hold.</summary>
internal static class Lists
{
    private static readonly ConcurrentDictionary<Type, Func<IList>> Makers = new();
    private static readonly ConcurrentDictionary<Type, Func<IDictionary>> MapMakers = new();

    public static IList Create(Type element) => Makers.GetOrAdd(element, e => Maker<IList>(typeof(List<>).MakeGenericType(e)))();

    public static IDictionary CreateMap(Type element) => MapMakers.GetOrAdd(element, e => Maker<IDictionary>(typeof(OrderedDictionary<,>).MakeGenericType(typeof(string), e)))();

    private static Func<T> Maker<T>(Type type) => () => (T)Activator.CreateInstance(type)!;
}
