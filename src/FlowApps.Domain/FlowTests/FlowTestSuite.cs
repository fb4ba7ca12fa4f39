using System.Text.Json.Serialization;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;

namespace FlowApps.Domain.FlowTests;

/// <summary>Tests of one flow: cases that run it with stand-ins for tasks, and what must be true afterwards. One YAML document with revisions of its own.</summary>
public sealed record FlowTestSuite
{
    /// <summary>Unique in the namespace.</summary>
    public required string Id { get; init; }
    public required string Namespace { get; init; }

    /// <summary>The flow that is tested, in the same namespace.</summary>
    public required string FlowId { get; init; }
    public string? Description { get; init; }

    /// <summary>A suite that is switched off is not run.</summary>
    public bool Disabled { get; init; }
    public required IReadOnlyList<FlowTestCase> TestCases { get; init; }

    [JsonIgnore]
    public FlowId Flow => new(Namespace, FlowId);
}

/// <summary>One run of the flow and what must be true afterwards.</summary>
public sealed record FlowTestCase
{
    /// <summary>The one kind of case there is, as Kestra names it.</summary>
    public const string UnitTest = "io.kestra.core.tests.flow.UnitTest";

    public required string Id { get; init; }
    public string Type { get; init; } = UnitTest;
    public string? Description { get; init; }
    public bool Disabled { get; init; }
    public FlowTestFixtures Fixtures { get; init; } = new();
    public IReadOnlyList<FlowTestAssertion> Assertions { get; init; } = [];

    /// <summary>The state the execution must end in. Without it any end will do but a failure that no fixture asks for.</summary>
    public State? ExpectedState { get; init; }
}

/// <summary>What a case gives to the flow instead of the world.</summary>
public sealed record FlowTestFixtures
{
    /// <summary>Inputs by id; may be expressions over <c>files</c>.</summary>
    public IReadOnlyDictionary<string, object?> Inputs { get; init; } = Data.Map();

    /// <summary>Files by name: their text, or the URI of a file there is. Expressions of the fixtures have their URIs as <c>files['name']</c>.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Tasks that do not run.</summary>
    public IReadOnlyList<TaskFixture> Tasks { get; init; } = [];

    /// <summary>The trigger that the execution is told it was started by.</summary>
    public TriggerFixture? Trigger { get; init; }
}

/// <summary><c>trigger.*</c> of the execution.</summary>
public sealed record TriggerFixture
{
    public required string Id { get; init; }
    public required string Type { get; init; }
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = Data.Map();
}

/// <summary>What must be true of a value once the execution has ended. Every comparison that is given must hold.</summary>
public sealed record FlowTestAssertion
{
    /// <summary>An expression over the ended execution.</summary>
    public required object Value { get; init; }

    /// <summary>The task whose run the expression sees (<c>taskrun</c>, its neighbours' outputs in a loop).</summary>
    public string? TaskId { get; init; }
    public string? Description { get; init; }

    /// <summary>Said instead of the comparison when it does not hold.</summary>
    public string? ErrorMessage { get; init; }
    public object? EqualTo { get; init; }
    public object? NotEqualTo { get; init; }
    public string? StartsWith { get; init; }
    public string? EndsWith { get; init; }

    /// <summary>A part of a text, or an item of a list.</summary>
    public object? Contains { get; init; }
    public object? GreaterThan { get; init; }
    public object? GreaterThanOrEqualTo { get; init; }
    public object? LessThan { get; init; }
    public object? LessThanOrEqualTo { get; init; }
    public IReadOnlyList<object?>? In { get; init; }
    public IReadOnlyList<object?>? NotIn { get; init; }
    public bool? IsNull { get; init; }
    public bool? IsNotNull { get; init; }

    /// <summary>The comparisons that are given: operator and what the value is compared with.</summary>
    public IEnumerable<(string Operator, object? Expected)> Comparisons() => new (string Operator, object? Expected)[]
    {
        ("equalTo", EqualTo), ("notEqualTo", NotEqualTo), ("startsWith", StartsWith), ("endsWith", EndsWith), ("contains", Contains), ("greaterThan", GreaterThan), ("greaterThanOrEqualTo", GreaterThanOrEqualTo),
        ("lessThan", LessThan), ("lessThanOrEqualTo", LessThanOrEqualTo), ("in", In), ("notIn", NotIn), ("isNull", IsNull), ("isNotNull", IsNotNull),
    }.Where(comparison => comparison.Expected is not null);
}
