namespace FlowApps.Expressions.Catalogue;

/// <summary>Name and parameters of something that is called. A parameter that ends with <c>?</c> is optional; <c>…</c> alone: any number.</summary>
internal sealed class Signature
{
    public Signature(string name, string[] takes)
    {
        Name = name;
        IsVariadic = takes is ["…"];
        Declared = takes;
        Parameters = [.. takes.Select(parameter => parameter.TrimEnd('?'))];
    }

    public string Name { get; }

    public bool IsVariadic { get; }

    public IReadOnlyList<string> Declared { get; }

    public IReadOnlyList<string> Parameters { get; }

    public int IndexOf(string name)
    {
        for (var i = 0; i < Parameters.Count; i++)
            if (Parameters[i] == name) return i;
        return -1;
    }
}

/// <summary>What the language has, with what its reference says of it. <c>Example</c> renders to <c>Result</c>; a null result varies from call to call.</summary>
internal abstract record Definition(string Name, string Does, string[] Takes, string Example, string? Result)
{
    public Signature Signature { get; } = new(Name, Takes);

    /// <summary>An undefined operand arrives as null instead of failing.</summary>
    public bool TakesUndefined { get; init; }
}

internal delegate object? FilterBody(object? input, Arguments arguments);

internal sealed record Filter(string Name, string Does, string[] Takes, FilterBody Apply, string Example, string? Result)
    : Definition(Name, Does, Takes, Example, Result);

internal delegate object? FunctionBody(Arguments arguments);

internal sealed record Function(string Name, string Does, string[] Takes, FunctionBody Apply, string Example, string? Result)
    : Definition(Name, Does, Takes, Example, Result)
{
    /// <summary>Looks outside of the execution, so it runs on a worker and its answer is recorded.</summary>
    public bool IsOutside { get; init; }

    /// <summary>Does not exist where recursive rendering is switched on.</summary>
    public bool OnlyWithoutRecursion { get; init; }
}

internal delegate bool TestBody(object? input, Arguments arguments);

internal sealed record Test(string Name, string Does, string[] Takes, TestBody Apply, string Example, string? Result)
    : Definition(Name, Does, Takes, Example, Result);
