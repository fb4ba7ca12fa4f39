namespace FlowApps.Survival;

/// <summary>The n-th time that a server comes to a named crash point, as a server is told it.</summary>
internal sealed record CrashPoint(string Name, int Hit)
{
    public override string ToString() => Hit == 1 ? Name : $"{Name}:{Hit}";
}
