namespace FlowApps.Domain.Approvals;

/// <summary>A question back, or an answer to one, beside a case: between who asked and those who decide. It decides nothing.</summary>
public sealed record Remark(string By, DateTimeOffset At, string Text)
{
    /// <summary>The most characters of one.</summary>
    public const int Longest = 2000;
}
