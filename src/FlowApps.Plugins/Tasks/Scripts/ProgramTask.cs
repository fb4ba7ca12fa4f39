using FlowApps.Plugins.Processes;

namespace FlowApps.Plugins.Tasks.Scripts;

/// <summary>A script task whose text is a program in a language, put into a file and given to its interpreter.</summary>
public abstract record ProgramTask : ScriptTask
{
    /// <summary>The text of the program.</summary>
    public required Property<string> Script { get; init; }

    /// <summary>The extension of the program's file.</summary>
    private protected abstract string Extension { get; }

    /// <summary>The interpreters that may be there, the usual one first.</summary>
    private protected abstract IReadOnlyList<string> Programs { get; }

    private protected sealed override async Task<IReadOnlyList<string>> LinesAsync(ScriptPlace place, bool here, CancellationToken cancellation)
    {
        var text = await place.LocaliseAsync(place.Context.Render(Script, place.Variables) ?? "", cancellation);
        var program = here ? Programs.FirstOrDefault(name => ProcessTree.OnPath(name) is not null) ?? Programs[0] : Programs[0];
        return [$"{program} {await place.AddAsync(text, Extension, cancellation)}"];
    }
}
