namespace FlowApps.Web.Layout;

/// <summary>What this installation is: the settings below <c>FlowApps</c> that pages and start-up read.</summary>
public sealed record Installation
{
    private const string SampleCompany = "Harbourline";

    /// <summary>The name that requesters and approvers read in place of the product's.</summary>
    public string Company { get => field ?? (Demo ? SampleCompany : "FlowApps"); init; }

    /// <summary>Sample people, flows and apps; the sign-in page shows their passwords.</summary>
    public bool Demo { get; init; }

    /// <summary>Where everything that is kept on disk lives.</summary>
    public string Data { get; init; } = "./data";

    public static string Version { get; } = typeof(Installation).Assembly.GetName().Version?.ToString(2) ?? "0";
}
