using System.Globalization;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Approvals;

/// <summary>What is usual for answers: of approved requests when there are some, else of those that are looked at.</summary>
public sealed class Usual(IReadOnlyList<IReadOnlyDictionary<string, object?>> approved, IReadOnlyList<IReadOnlyDictionary<string, object?>> now)
{
    private const int Enough = 5;

    /// <summary>Null: nothing is odd. A number is odd when it is far from the middle (three times the usual distance, and half of it at least).</summary>
    public string? WhyOdd(IReadOnlyDictionary<string, object?> inputs, Func<string, string> label)
    {
        var known = approved.Count >= Enough ? approved : now;
        if (known.Count < Enough) return null;
        foreach (var (id, value) in inputs)
        {
            if (Number(value) is not { } number) continue;
            var middle = Median([.. known.Select(one => Number(one.GetValueOrDefault(id))).OfType<double>()]);
            var spread = Median([.. known.Select(one => Number(one.GetValueOrDefault(id))).OfType<double>().Select(other => Math.Abs(other - middle))]);
            if (Math.Abs(number - middle) > Math.Max(3 * 1.4826 * spread, Math.Abs(middle) / 2))
                return $"{label(id)}: {AnswerText.Of(value)} is far from the usual {AnswerText.Of(Math.Round(middle, 2))}.";
        }
        return null;
    }

    private static double? Number(object? value) => value is int or long or double or float or decimal ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    private static double Median(List<double> values)
    {
        if (values.Count == 0) return 0;
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[values.Count / 2 - 1] + values[values.Count / 2]) / 2;
    }
}
