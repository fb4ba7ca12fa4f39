using System.Collections.Frozen;

namespace FlowApps.Web.Layout;

/// <summary>The icons that an app may name, from <c>Client/icons/app-icons.txt</c>, which the sprite is made of too.</summary>
public static class AppIcons
{
    public const string Default = "app-window";

    public static FrozenSet<string> Names { get; } = Read().ToFrozenSet(StringComparer.Ordinal);

    public static string OrDefault(string? name) => name is not null && Names.Contains(name) ? name : Default;

    private static IEnumerable<string> Read()
    {
        using var stream = typeof(AppIcons).Assembly.GetManifestResourceStream("app-icons.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (line.Trim() is { Length: > 0 } name && name[0] != '#')
                yield return name;
    }
}
