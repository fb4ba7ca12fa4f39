using System.Numerics;
using FlowApps.Expressions.Operators;

namespace FlowApps.Expressions.Numbers;

/// <summary>The name under which Kestra's <c>className</c> and messages know a type.</summary>
internal static class JavaClass
{
    public static string NameOf(object? value) => value switch
    {
        null => "null",
        string => "java.lang.String",
        bool => "java.lang.Boolean",
        int => "java.lang.Integer",
        long => "java.lang.Long",
        short => "java.lang.Short",
        byte => "java.lang.Byte",
        float => "java.lang.Float",
        double => "java.lang.Double",
        decimal => "java.math.BigDecimal",
        BigInteger => "java.math.BigInteger",
        DateTimeOffset => "java.time.ZonedDateTime",
        DateTime { Kind: DateTimeKind.Utc } => "java.time.Instant",
        DateTime => "java.time.LocalDateTime",
        DateOnly => "java.time.LocalDate",
        TimeOnly => "java.time.LocalTime",
        TimeSpan => "java.time.Duration",
        Uri => "java.net.URI",
        LiteralMap => "java.util.HashMap",
        IReadOnlyDictionary<string, object?> => "java.util.LinkedHashMap",
        object?[] => "[Ljava.lang.Object;",
        IReadOnlyList<object?> => "java.util.ArrayList",
        _ => "java.lang.Object",
    };
}
