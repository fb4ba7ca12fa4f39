namespace FlowApps.Survival;

/// <summary>A test that makes calls of the operating system fail; skipped with a reason where processes cannot be traced.</summary>
public sealed class StraceFactAttribute : FactAttribute
{
    public StraceFactAttribute() => Skip = Tracer.Missing;
}
