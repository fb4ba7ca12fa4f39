using System.Text.RegularExpressions;
using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>The names of all crash points, as the source has them: a new one is walked without being listed anywhere.</summary>
internal static partial class CrashPoints
{
    public static IReadOnlyList<string> All { get; } =
        [.. Directory.EnumerateFiles(Repository.Path("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Call().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Order(StringComparer.Ordinal)];

    [GeneratedRegex("""Fault\.Point\("([a-z-]+)"\)""")]
    private static partial Regex Call();
}
