namespace FlowApps.Plugins.Runners;

/// <summary>How to sign in to an image registry.</summary>
public sealed record DockerCredentials
{
    /// <summary>The registry; Docker Hub when absent.</summary>
    public Property<string>? Registry { get; init; }

    /// <summary>The user name.</summary>
    public Property<string>? Username { get; init; }

    /// <summary>The password or token.</summary>
    public Property<string>? Password { get; init; }

    /// <summary>A registry token.</summary>
    public Property<string>? RegistryToken { get; init; }

    /// <summary>An identity token.</summary>
    public Property<string>? IdentityToken { get; init; }

    /// <summary>User name and password in base64, as in the configuration of docker.</summary>
    public Property<string>? Auth { get; init; }

    /// <summary>The configuration file of the docker command that says the same.</summary>
    internal string ToConfiguration(TaskContext context)
    {
        var entry = Data.Map();
        void Add(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value)) entry[key] = value;
        }
        var (user, password) = (context.Render(Username), context.Render(Password));
        Add("auth", context.Render(Auth) ?? (user is null ? null : Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:{password}"))));
        Add("identitytoken", context.Render(IdentityToken));
        Add("registrytoken", context.Render(RegistryToken));
        var registry = context.Render(Registry) ?? "https://index.docker.io/v1/";
        return Data.Write(Data.Map(("auths", Data.Map((registry, entry)))));
    }
}
