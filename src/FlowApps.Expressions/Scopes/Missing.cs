namespace FlowApps.Expressions.Scopes;

/// <summary>Stands for "does not exist" where null means "exists and is null".</summary>
internal sealed class Missing
{
    public static readonly Missing Value = new();

    private Missing() { }
}
