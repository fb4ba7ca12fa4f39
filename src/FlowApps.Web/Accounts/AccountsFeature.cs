using System.Text.RegularExpressions;
using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Me;
using FlowApps.Web.Security;

namespace FlowApps.Web.Accounts;

/// <summary>Making and changing accounts. An account is never deleted, only closed: what its person did keeps their name.</summary>
public sealed partial class AccountsFeature : IFeature
{
    public void Map(IEndpointRouteBuilder pages) => pages.MapPost(Routes.Accounts, SaveAsync).RequirePermission(Permission.Administer);

    private static async Task<IResult> SaveAsync(IFormCollection form, Reader reader, UserDirectory users, Sessions sessions, CancellationToken cancellation)
    {
        var name = form["name"].ToString().Trim();
        var known = await users.FindAsync(name, cancellation);
        var isNew = form["new"] == "true";
        var entry = (known is null || isNew ? new User(name, "", []) : known) with
        {
            DisplayName = form["displayName"].ToString().Trim(),
            Email = form["email"].ToString().Trim() is { Length: > 0 } email ? email : null,
            Groups = form["groups"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList(),
            Roles = form["roles"].Select(role => Enum.TryParse<Role>(role, out var parsed) ? parsed : (Role?)null).OfType<Role>().ToList(),
            Disabled = form["disabled"] == "true",
        };
        var password = form["password"].ToString();
        var errors = Errors(entry, isNew, known is not null, password, reader.Name);
        if (errors.Count > 0) return Html.Page<AccountPage>(new { Entry = entry, IsNew = isNew, Errors = errors }, StatusCodes.Status422UnprocessableEntity);
        if (password.Length > 0) entry = entry with { PasswordHash = PasswordHash.Of(password) };
        await users.SaveAsync(entry, cancellation);
        if (password.Length > 0 && entry.Name != reader.Name) await sessions.EndAllAsync(entry.Name, exceptKey: null, cancellation);
        return Html.Page<AccountPage>(new { Entry = entry, Name = entry.Name, Said = isNew ? $"{entry.DisplayName} can sign in now" : "The account was saved" });
    }

    private static Dictionary<string, string> Errors(User entry, bool isNew, bool exists, string password, string reader)
    {
        var errors = new Dictionary<string, string>();
        if (!UserName().IsMatch(entry.Name)) errors["name"] = "A user name has small letters, digits, dots and dashes, and begins with a letter or digit.";
        else if (isNew && exists) errors["name"] = $"{entry.Name} is taken.";
        else if (!isNew && !exists) errors["name"] = $"There is no account called {entry.Name}.";
        if (entry.DisplayName.Length == 0) errors["displayName"] = "Others read this name; it cannot be empty.";
        if (entry.Roles.Count == 0) errors["roles"] = "Without any right an account can do nothing. Close it instead.";
        else if (entry.Name == reader && !entry.Roles.Contains(Role.Admin)) errors["roles"] = "You would lose the right to be here. Another administrator can take it from you.";
        if (entry.Name == reader && entry.Disabled) errors["roles"] = "You cannot close your own account.";
        if (password.Length > 0 ? password.Length < MeFeature.ShortestPassword : isNew) errors["password"] = $"{MeFeature.ShortestPassword} characters are needed.";
        return errors;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,63}$")]
    private static partial Regex UserName();
}
