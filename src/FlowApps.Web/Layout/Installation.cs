namespace FlowApps.Web.Layout;

/// <summary>What this installation is: the settings below <c>FlowApps</c> that pages and start-up read.</summary>
/// <param name="Company">The name that requesters and approvers read in place of the product's.</param>
/// <param name="Demo">Sample people, flows and apps; the sign-in page shows their passwords.</param>
/// <param name="Data">The folder of everything that is kept on disk.</param>
public sealed record Installation(string Company, bool Demo, string Data)
{
    public static string Version { get; } = typeof(Installation).Assembly.GetName().Version?.ToString(2) ?? "0";

    public static Installation Read(IConfiguration configuration)
    {
        var settings = configuration.GetSection("FlowApps");
        var demo = settings.GetValue("Demo", false);
        return new Installation(settings["Company"] ?? (demo ? "Harbourline" : "FlowApps"), demo, Path.GetFullPath(settings["Data"] is { Length: > 0 } folder ? folder : "./data"));
    }
}
