using FlowApps.Domain.Security;

namespace FlowApps.Web.Security;

/// <summary>The people of a demo installation. Their passwords are no secret: the sign-in page shows them.</summary>
public static class SamplePeople
{
    public sealed record Person(User User, string Password, string Does);

    public static IReadOnlyList<Person> All { get; } =
    [
        new(new User("maya", "Maya Lindqvist", [Role.Requester]) { Email = "maya@harbourline.example", Groups = ["design"] }, "sail-2026", "Asks for things"),
        new(new User("tomas", "Tomás Okafor", [Role.Approver]) { Email = "tomas@harbourline.example", Groups = ["finance"] }, "keel-2026", "Approves for Finance"),
        new(new User("priya", "Priya Raman", [Role.Approver]) { Email = "priya@harbourline.example", Groups = ["finance", "managers"] }, "tide-2026", "Approves for Finance, manages Design"),
        new(new User("jonas", "Jonas Weber", [Role.Approver]) { Email = "jonas@harbourline.example", Groups = ["it-desk"] }, "dock-2026", "Approves for IT"),
        new(new User("ines", "Ines Moreau", [Role.Developer]) { Email = "ines@harbourline.example", Groups = ["engineering"] }, "mast-2026", "Builds and watches flows"),
        new(new User("sam", "Sam Brandt", [Role.Admin]) { Email = "sam@harbourline.example", Groups = ["operations"] }, "helm-2026", "Runs the installation"),
    ];
}
