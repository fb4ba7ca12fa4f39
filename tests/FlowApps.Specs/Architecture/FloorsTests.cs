using System.Xml.Linq;
using FlowApps.Testing;

namespace FlowApps.Specs.Architecture;

/// <summary>The rooms and which of them may know which (docs/architecture.md): read from the project files.</summary>
public sealed class FloorsTests
{
    private static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        ["Domain"] = [],
        ["Expressions"] = [],
        ["Yaml"] = ["Domain"],
        ["Plugins"] = ["Domain"],
        ["Storage"] = ["Domain"],
        ["Engine"] = ["Domain", "Expressions"],
        ["Runtime"] = ["Domain", "Expressions", "Engine", "Yaml"],
        ["Web"] = ["Domain", "Expressions", "Yaml", "Engine", "Plugins", "Storage", "Runtime"],
    };

    /// <summary>Packages that only some rooms may reference: Npgsql remembers for the product (Storage) and asks other people's databases for flows (Plugins).</summary>
    private static readonly IReadOnlyDictionary<string, string[]> Owners = new Dictionary<string, string[]>
    {
        ["YamlDotNet"] = ["Yaml"],
        ["Npgsql"] = ["Storage", "Plugins"],
        ["Microsoft.Data.Sqlite"] = ["Plugins"],
        ["Markdig"] = ["Web"],
    };

    public static TheoryData<string> Rooms => new(Directory.GetDirectories(Repository.Path("src")).Select(folder => Path.GetFileName(folder)["FlowApps.".Length..]));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_only_the_rooms_below_it(string room)
    {
        Assert.True(Allowed.ContainsKey(room), $"FlowApps.{room} is a new room: say here what it may know.");
        var known = References(room, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))["FlowApps.".Length..]);
        Assert.Empty(known.Except(Allowed[room]));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_no_package_that_belongs_to_another(string room)
    {
        var packages = References(room, "PackageReference").ToList();
        Assert.DoesNotContain(packages, package => Owners.TryGetValue(package, out var owners) && !owners.Contains(room));
        if (room is "Domain" or "Expressions") Assert.Empty(packages);
    }

    [Fact]
    public void Only_the_web_room_uses_asp_net()
    {
        foreach (var project in Directory.GetFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(project);
            var uses = text.Contains("Sdk.Web\"", StringComparison.Ordinal) || text.Contains("Microsoft.AspNetCore.App", StringComparison.Ordinal);
            Assert.Equal(Path.GetFileNameWithoutExtension(project) == "FlowApps.Web", uses);
        }
    }

    private static IEnumerable<string> References(string room, string kind) =>
        XDocument.Load(Repository.Path("src", $"FlowApps.{room}", $"FlowApps.{room}.csproj")).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);
}
