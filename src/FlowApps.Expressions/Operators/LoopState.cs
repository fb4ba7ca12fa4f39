namespace FlowApps.Expressions.Operators;

/// <summary>The <c>loop</c> variable.</summary>
internal sealed class LoopState(int length)
{
    public int Index { get; set; }

    public int Length => length;

    public bool IsFirst => Index == 0;

    public bool IsLast => Index == length - 1;

    public int ReverseIndex => length - 1 - Index;

    public override string ToString() =>
        $"{{last={(IsLast ? "true" : "false")}, length={Length}, index={Index}, revindex={ReverseIndex}, first={(IsFirst ? "true" : "false")}}}";
}
