namespace FlowApps.E2E;

/// <summary>What a page is looked at on.</summary>
public sealed record Screen(string Name, int Width, int Height, bool IsPhone, bool IsDark)
{
    public static Screen DesktopLight { get; } = new("desktop-light", 1440, 900, false, false);
    public static Screen DesktopDark { get; } = DesktopLight with { Name = "desktop-dark", IsDark = true };
    public static Screen PhoneLight { get; } = new("phone-light", 390, 844, true, false);
    public static Screen PhoneDark { get; } = PhoneLight with { Name = "phone-dark", IsDark = true };

    public static IReadOnlyList<Screen> All { get; } = [DesktopLight, DesktopDark, PhoneLight, PhoneDark];
}
