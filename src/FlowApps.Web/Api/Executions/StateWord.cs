using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Api.Executions;

/// <summary>Reads the words of states in requests.</summary>
public static class StateWord
{
    /// <summary>Also takes CANCELED, an old spelling. Errors: Invalid naming the words there are.</summary>
    public static State Read(string? word) => word?.Trim().ToUpperInvariant() switch
    {
        "CANCELED" => State.Cancelled,
        { Length: > 0 } text when char.IsLetter(text[0]) && Enum.TryParse<State>(text, ignoreCase: true, out var state) => state,
        _ => throw RefusedException.Invalid("unknown_state", $"'{word}' is not a state. The states are {string.Join(", ", Enum.GetValues<State>().Select(s => s.Word))}."),
    };
}
