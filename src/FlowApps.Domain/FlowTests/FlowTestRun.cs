namespace FlowApps.Domain.FlowTests;

/// <summary>SKIPPED: switched off. ERROR: could not be run to its end, so nothing was compared.</summary>
public enum FlowTestState { Success, Failed, Error, Skipped }

/// <summary>One run of a suite.</summary>
public sealed record FlowTestRun
{
    public required string Id { get; init; }
    public required string TestSuiteId { get; init; }
    public required string Namespace { get; init; }
    public required string FlowId { get; init; }
    public required FlowTestState State { get; init; }
    public required DateTimeOffset StartDate { get; init; }
    public required DateTimeOffset EndDate { get; init; }
    public IReadOnlyList<FlowTestCaseResult> Results { get; init; } = [];
}

/// <summary>What came of a case; <c>ExecutionId</c> is absent when none was started.</summary>
public sealed record FlowTestCaseResult(string TestId, string TestType, FlowTestState State)
{
    public string? ExecutionId { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<FlowTestAssertionResult> AssertionResults { get; init; } = [];
    public IReadOnlyList<FlowTestError> Errors { get; init; } = [];
}

/// <summary>Why a case could not be run, in words for whoever wrote it.</summary>
public sealed record FlowTestError(string Message);

/// <summary>One comparison: <c>actual operator expected</c>.</summary>
public sealed record FlowTestAssertionResult(string Operator, object? Expected, object? Actual, bool IsSuccess)
{
    public string? TaskId { get; init; }
    public string? Description { get; init; }
    public string? ErrorMessage { get; init; }
}
