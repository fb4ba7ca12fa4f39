using System.Collections;
using System.Numerics;

namespace FlowApps.Runtime.Work;

/// <summary>Outputs must be plain data of bounded size, so that a commit can never fail on them.</summary>
internal static class PlainOutputs
{
    /// <summary>Characters of all outputs of one task together; larger things belong into files.</summary>
    public const int MaxSize = 5_000_000;
    private const int MaxDepth = 60;

    /// <summary>Null when fine, else the message for the flow's author.</summary>
    public static string? Problem(IReadOnlyDictionary<string, object?>? outputs)
    {
        if (outputs is null) return null;
        var left = MaxSize;
        return Check(outputs, ref left, 0) ?? (left < 0 ? $"The outputs are larger than {MaxSize} characters. Store them as a file and put out its address." : null);
    }

    private static string? Check(object? value, ref int left, int depth)
    {
        if (depth > MaxDepth) return $"The outputs are nested deeper than {MaxDepth} levels.";
        switch (value)
        {
            case string text:
                left -= text.Length;
                return null;
            case null or bool or sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal or BigInteger
                or DateTimeOffset or DateTime or DateOnly or TimeOnly or TimeSpan or Uri or Enum:
                left -= 8;
                return null;
            case IReadOnlyDictionary<string, object?> map:
                foreach (var (key, item) in map)
                {
                    left -= key.Length;
                    if (left < 0) return null;
                    if (Check(item, ref left, depth + 1) is { } problem) return problem;
                }
                return null;
            case IReadOnlyDictionary<string, string> or IDictionary<string, string>:
                return null;
            case IEnumerable list:
                foreach (var item in list)
                {
                    if (left < 0) return null;
                    if (Check(item, ref left, depth + 1) is { } problem) return problem;
                }
                return null;
            default:
                return $"An output of type {value.GetType().Name} is not plain data.";
        }
    }
}
