using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;

namespace FlowApps.Domain.Apps;

/// <summary>Tests of a form: answers that somebody gives, and what the form makes of them. One YAML document beside a flow.</summary>
public sealed record FormSuite
{
    public required string Namespace { get; init; }
    public required string FlowId { get; init; }

    /// <summary>The app whose texts <c>page</c> looks at; without it there are none.</summary>
    public string? AppId { get; init; }
    public required IReadOnlyList<FormCase> Cases { get; init; }

    public FlowId Flow => new(Namespace, FlowId);
}

public sealed record FormCase
{
    public required string Name { get; init; }

    /// <summary>The answers by input id; those in a FORM by their dotted id.</summary>
    public IReadOnlyDictionary<string, object?> Given { get; init; } = Values.Data.Map();

    /// <summary>What tasks gave, by task id, for <c>page</c>.</summary>
    public IReadOnlyDictionary<string, object?> Outputs { get; init; } = Values.Data.Map();
    public FormExpectation Expect { get; init; } = new();
}

/// <summary>What a case asks of the form. What is not named is not looked at; fields in rows are <c>items[0].name</c>.</summary>
public sealed record FormExpectation
{
    /// <summary>Fields that are asked for.</summary>
    public IReadOnlyList<string> Visible { get; init; } = [];

    /// <summary>Fields that are not asked for.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>Fields that something is wrong with, each with a part of the message; every other field must be right.</summary>
    public IReadOnlyDictionary<string, object?>? Errors { get; init; }

    /// <summary>Values that fields have, defaults included.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; init; } = Domain.Values.Data.Map();

    /// <summary>The choices that fields offer, in their order.</summary>
    public IReadOnlyDictionary<string, object?> Choices { get; init; } = Domain.Values.Data.Map();

    /// <summary>Parts of the messages of the checks that do not hold; no other may fail. Null: not looked at.</summary>
    public IReadOnlyList<string>? Checks { get; init; }

    /// <summary>Whether the form could be sent.</summary>
    public bool? Sendable { get; init; }

    /// <summary>The state whose section <c>page</c> looks at.</summary>
    public AppState State { get; init; } = AppState.Open;

    /// <summary>Texts that the section shows.</summary>
    public IReadOnlyList<string> Page { get; init; } = [];
}

public sealed record FormSuiteReading(FormSuite? Suite, IReadOnlyList<Problem> Problems);

/// <summary>A case and what was not as expected; empty when all was.</summary>
public sealed record FormCaseResult(string Name, IReadOnlyList<string> Differences)
{
    public bool Passed => Differences.Count == 0;
}

/// <summary>Runs tests of forms without a browser and without starting anything. Implemented by the runtime.</summary>
public interface IFormTests
{
    FormSuiteReading Read(string source);

    /// <summary>Runs a suite against the flow and app as they are stored. Errors: NotFound when there is no such flow.</summary>
    Task<IReadOnlyList<FormCaseResult>> RunAsync(FormSuite suite, CancellationToken cancellation);

    /// <summary>Runs a suite against a flow and an app that need not be stored.</summary>
    IReadOnlyList<FormCaseResult> Run(FormSuite suite, Flow flow, App? app);
}
