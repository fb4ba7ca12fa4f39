using System.Collections;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Runtime.Hosting;
using FlowApps.Runtime.Logs;
using FlowApps.Runtime.Namespaces;

namespace FlowApps.Runtime.Outside;

/// <summary>What variables hold besides the flow and the execution: globals, process variables, address; and how secret inputs are read.</summary>
internal sealed class Surroundings
{
    private readonly ICipher cipher;
    private readonly RunSettings settings;

    public Surroundings(RuntimeOptions options, ICipher cipher, NamespaceRegistry namespaces)
    {
        this.cipher = cipher;
        settings = new RunSettings { Globals = options.Globals, Envs = Envs(options.EnvironmentPrefix), Url = options.Url, Environment = options.Environment, NamespaceVariables = namespaces.VariablesFor };
    }

    /// <summary>Without secrets: what the engine and pages may see.</summary>
    public RunSettings Public => settings;

    /// <summary>With secrets in the clear, each remembered by the mask.</summary>
    public RunSettings For(SecretMask mask) => settings with
    {
        Decrypt = text =>
        {
            var secret = cipher.Decrypt(text);
            mask.AddInput(secret);
            return secret;
        },
    };

    private static OrderedDictionary<string, object?> Envs(string prefix)
    {
        var envs = Data.Map();
        foreach (var entry in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().OrderBy(entry => (string)entry.Key, StringComparer.Ordinal))
            if (((string)entry.Key).StartsWith(prefix, StringComparison.Ordinal) && prefix.Length > 0) envs[((string)entry.Key)[prefix.Length..].ToLowerInvariant()] = entry.Value;
        return envs;
    }
}
