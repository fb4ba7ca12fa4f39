using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Api.FlowTests;

/// <summary>A suite in lists and answers: as it is written, with its revision and source.</summary>
public static class FlowTestJson
{
    /// <summary>One whose text can no longer be read still shows it.</summary>
    public static OrderedDictionary<string, object?> Of(FlowTestRevision stored, IFlowTests tests, FlowTestRun? lastRun = null)
    {
        var suite = tests.Read(stored.Source).Suite;
        return Data.Map(
            ("id", stored.Id), ("namespace", stored.Namespace), ("flowId", stored.FlowId), ("description", suite?.Description), ("disabled", suite?.Disabled ?? false), ("testCases", Plain(suite?.TestCases)),
            ("revision", stored.Revision), ("updated", stored.SavedAt.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture)), ("source", stored.Source), ("lastRun", Plain(lastRun)));
    }

    private static object? Plain<T>(T? record) where T : class => record is null ? null : Data.Parse(Data.Write(record));
}
