namespace FlowApps.Expressions.Jq;

/// <summary>Built-ins that go on and on; they walk with a stack of their own, so they may be as long as there is fuel.</summary>
internal static class JqLoops
{
    /// <summary>Fuel for a level that is kept open: it takes memory, too.</summary>
    private const int OpenLevel = 16;

    public static IEnumerable<KeyValuePair<string, JqRun>> All =>
    [
        new("recurse/1", (input, arguments, scope) => Walk(input, value => arguments[0].Run(value, scope), scope)),
        new("recurse/2", (input, arguments, scope) => Walk(input, value => arguments[0].Run(value, scope).Where(next => Holds(arguments[1], next, scope)), scope)),
        new("repeat/1", (input, arguments, scope) => Walk(input, value => arguments[0].Run(value, scope), scope)),
        new("while/2", While),
        new("until/2", Until),
    ];

    public static IEnumerable<JqPlace> RecursePlaces(JqPlace input, JqNode[] arguments, JqScope scope) =>
        Walk(input, place => arguments[0].Places(place, scope), scope);

    private static IEnumerable<object?> While(object? input, JqNode[] arguments, JqScope scope) => Holds(arguments[0], input, scope)
        ? Walk(input, value => arguments[1].Run(value, scope).Where(next => Holds(arguments[0], next, scope)), scope)
        : [];

    private static IEnumerable<object?> Until(object? input, JqNode[] arguments, JqScope scope) =>
        Walk(input, value => Holds(arguments[0], value, scope) ? [] : arguments[1].Run(value, scope), scope).Where(value => Holds(arguments[0], value, scope));

    private static bool Holds(JqNode condition, object? value, JqScope scope) => condition.Run(value, scope).Any(JqValues.IsTrue);

    /// <summary>A value, then everything that follows from it, depth first.</summary>
    private static IEnumerable<T> Walk<T>(T start, Func<T, IEnumerable<T>> follow, JqScope scope)
    {
        yield return start;
        var open = new Stack<IEnumerator<T>>();
        open.Push(follow(start).GetEnumerator());
        while (open.TryPeek(out var level))
        {
            scope.Step();
            if (!level.MoveNext())
            {
                level.Dispose();
                open.Pop();
                continue;
            }
            yield return level.Current;
            scope.Evaluation.Burn(OpenLevel);
            open.Push(follow(level.Current).GetEnumerator());
        }
    }
}
