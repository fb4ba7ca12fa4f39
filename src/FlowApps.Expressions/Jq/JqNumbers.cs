using System.Globalization;
using FlowApps.Expressions.Dates;
using FlowApps.Expressions.Numbers;

namespace FlowApps.Expressions.Jq;

/// <summary>Built-ins on numbers and times.</summary>
internal static class JqNumbers
{
    public static IEnumerable<KeyValuePair<string, JqRun>> All =>
    [
        Math("floor", System.Math.Floor), Math("ceil", System.Math.Ceiling), Math("sqrt", System.Math.Sqrt), Math("fabs", System.Math.Abs),
        Math("round", number => System.Math.Round(number, MidpointRounding.AwayFromZero)), Math("trunc", System.Math.Truncate),
        Math("log", System.Math.Log), Math("log2", System.Math.Log2), Math("log10", System.Math.Log10), Math("exp", System.Math.Exp),
        Math("exp2", number => System.Math.Pow(2, number)), Math("exp10", number => System.Math.Pow(10, number)),
        JqBuiltins.With("pow", (_, number, power, scope) => JqValues.Number(System.Math.Pow(Of(number, scope), Of(power, scope)))),
        JqBuiltins.Plain("infinite", (_, _) => double.PositiveInfinity),
        JqBuiltins.Plain("nan", (_, _) => double.NaN),
        JqBuiltins.Plain("isinfinite", (input, scope) => double.IsInfinity(Of(input, scope))),
        JqBuiltins.Plain("isnan", (input, scope) => double.IsNaN(Of(input, scope))),
        JqBuiltins.Plain("isnormal", (input, scope) => double.IsNormal(Of(input, scope))),
        JqBuiltins.Plain("now", (_, scope) => scope.Evaluation.Options.Clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0),
        JqBuiltins.Plain("fromdateiso8601", (input, scope) => input is string text
            ? JqValues.Whole(IsoDates.Read(text, Zone.Utc).EpochSecond) : throw JqValues.Error($"{JqValues.Show(input, scope)} is no date")),
        JqBuiltins.With("strftime", (input, format, scope) => Format(Of(input, scope), format as string ?? throw JqValues.Error("strftime/1 requires a string format"))),
    ];

    private static KeyValuePair<string, JqRun> Math(string name, Func<double, double> compute) =>
        JqBuiltins.Plain(name, (input, scope) => JqValues.Number(compute(Of(input, scope))));

    private static double Of(object? input, JqScope scope) =>
        NumberKind.IsNumber(input) ? NumberKind.AsDouble(input) : throw JqValues.Error($"{JqValues.Show(input, scope)} number required");

    private static string Format(double seconds, string format)
    {
        if (!(System.Math.Abs(seconds) < 2e11)) throw JqValues.Error("the time is out of range");
        var time = DateTime.UnixEpoch.AddSeconds(seconds);
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length) { text.Append(format[i]); continue; }
            text.Append(format[++i] switch
            {
                'Y' => time.Year.ToString("0000", CultureInfo.InvariantCulture),
                'm' => time.Month.ToString("00", CultureInfo.InvariantCulture),
                'd' => time.Day.ToString("00", CultureInfo.InvariantCulture),
                'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
                'H' => time.Hour.ToString("00", CultureInfo.InvariantCulture),
                'I' => ((time.Hour + 11) % 12 + 1).ToString("00", CultureInfo.InvariantCulture),
                'M' => time.Minute.ToString("00", CultureInfo.InvariantCulture),
                'S' => time.Second.ToString("00", CultureInfo.InvariantCulture),
                'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
                'p' => time.Hour < 12 ? "AM" : "PM",
                'F' => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                'T' => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
                'A' => time.ToString("dddd", CultureInfo.InvariantCulture),
                'a' => time.ToString("ddd", CultureInfo.InvariantCulture),
                'B' => time.ToString("MMMM", CultureInfo.InvariantCulture),
                'b' or 'h' => time.ToString("MMM", CultureInfo.InvariantCulture),
                'y' => (time.Year % 100).ToString("00", CultureInfo.InvariantCulture),
                'u' => (time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
                'w' => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
                's' => ((long)seconds).ToString(CultureInfo.InvariantCulture),
                'Z' => "UTC",
                'z' => "+0000",
                '%' => "%",
                var letter => throw JqValues.Error($"strftime does not know %{letter}"),
            });
        }
        return text.ToString();
    }
}
