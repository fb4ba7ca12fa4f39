using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;

namespace FlowApps.Yaml.Binding;

/// <summary>What holds for every record of a kind, whatever plugin it is.</summary>
internal static class CommonRules
{
    public static void Check(object record, Findings findings)
    {
        switch (record)
        {
            case Flow flow:
                CheckId(flow, flow.Id, "id", IdKind.Flow, findings);
                CheckId(flow, flow.Namespace, "namespace", IdKind.Namespace, findings);
                CheckLabels(flow, flow.Labels, findings);
                break;
            case App app:
                CheckId(app, app.Id, "id", IdKind.App, findings);
                CheckId(app, app.Namespace, "namespace", IdKind.Namespace, findings);
                CheckId(app, app.FlowId, "flowId", IdKind.Flow, findings);
                break;
            case FlowTestSuite suite:
                CheckId(suite, suite.Id, "id", IdKind.Flow, findings);
                CheckId(suite, suite.Namespace, "namespace", IdKind.Namespace, findings);
                break;
            case FlowTestCase one:
                CheckId(one, one.Id, "id", IdKind.Flow, findings);
                break;
            case TaskDefinition task:
                CheckId(task, task.Id, "id", IdKind.Task, findings);
                break;
            case TriggerDefinition trigger:
                CheckId(trigger, trigger.Id, "id", IdKind.Trigger, findings);
                CheckLabels(trigger, trigger.Labels, findings);
                break;
            case FlowOutput output:
                CheckId(output, output.Id, "id", IdKind.Output, findings);
                if (output.Value is null) findings.Report(output, "missing_field", "must not be null", "value");
                if (!Enum.TryParse<InputType>(output.Type, ignoreCase: true, out _))
                    findings.Report(output, "unknown_type", $"Invalid type: {output.Type}", "type", "One of " + string.Join(", ", Conversions.Words(typeof(InputType))) + ".");
                break;
            case Concurrency { Limit: <= 0 } concurrency:
                findings.Report(concurrency, "wrong_value", "must be greater than 0", "limit");
                break;
            case Listener listener when findings.GivesNone(listener, "tasks"):
                findings.Report(listener, "empty_list", "must not be empty", "tasks");
                break;
            case Retry retry:
                CheckRetry(retry, findings);
                break;
            case Sla sla:
                CheckLabels(sla, sla.Labels, findings);
                break;
        }
    }

    private static void CheckId(object record, string id, string field, IdKind kind, Findings findings)
    {
        if (Identifiers.Problem(id, kind) is { } wrong) findings.Report(record, "invalid_id", wrong, field);
    }

    private static void CheckLabels(object record, IReadOnlyList<Label> labels, Findings findings)
    {
        foreach (var label in labels)
            if (label.Key.StartsWith("system.", StringComparison.Ordinal) && !(record is Flow && label.Key == "system.readOnly"))
                findings.Report(record, "system_label", $"System labels can only be set by Kestra itself, offending label: {label.Key}={label.Value}", $"labels.{label.Key}", "Choose a key that does not begin with `system.`.");
    }

    private static void CheckRetry(Retry retry, Findings findings)
    {
        if (retry.MaxAttempts < 1) findings.Report(retry, "wrong_value", "must be greater than or equal to 1", "maxAttempts");
        switch (retry)
        {
            case ConstantRetry constant:
                Less(constant.Interval, "interval", retry.MaxDuration, "maxDuration");
                break;
            case ExponentialRetry exponential:
                Less(exponential.Interval, "interval", retry.MaxDuration, "maxDuration");
                Less(exponential.Interval, "interval", exponential.MaxInterval, "maxInterval");
                break;
            case RandomRetry random:
                Less(random.MinInterval, "minInterval", retry.MaxDuration, "maxDuration");
                Less(random.MinInterval, "minInterval", random.MaxInterval, "maxInterval");
                break;
        }

        void Less(TimeSpan value, string name, TimeSpan? bound, string boundName)
        {
            if (value >= bound) findings.Report(retry, "wrong_value", $"'{name}' must be less than '{boundName}' but is {Duration.Write(value)}", name);
        }
    }
}
