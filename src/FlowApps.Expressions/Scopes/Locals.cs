namespace FlowApps.Expressions.Scopes;

/// <summary>Variables that a template makes itself (set, for, macro arguments), innermost frame last.</summary>
internal sealed class Locals
{
    private readonly List<Frame> _frames = [new Frame(false)];

    /// <param name="closed">A macro's frame: nothing outside of it can be seen.</param>
    public Frame Push(bool closed)
    {
        var frame = new Frame(closed);
        _frames.Add(frame);
        return frame;
    }

    public void Pop() => _frames.RemoveAt(_frames.Count - 1);

    /// <summary>False with <paramref name="closed"/> true: a macro's frame hides everything outside.</summary>
    public bool TryGet(string name, out object? value, out bool closed)
    {
        for (var i = _frames.Count - 1; i >= 0; i--)
        {
            if (_frames[i].TryGet(name, out value)) { closed = false; return true; }
            if (_frames[i].Closed) { closed = true; return false; }
        }
        value = null;
        closed = false;
        return false;
    }

    /// <summary>Changes the variable where it is already known, else makes it in the innermost frame (Pebble's rule).</summary>
    public void Set(string name, object? value, bool isRoot)
    {
        for (var i = _frames.Count - 1; i >= 0; i--)
        {
            if (!_frames[i].Closed && !_frames[i].Has(name)) continue;
            _frames[i].Put(name, value);
            return;
        }
        _frames[isRoot ? 0 : ^1].Put(name, value);
    }

    /// <summary>All visible variables, outermost first.</summary>
    public IEnumerable<(string Name, object? Value)> Visible()
    {
        var first = _frames.FindLastIndex(frame => frame.Closed);
        return _frames.Skip(Math.Max(first, 0)).SelectMany(frame => frame.Variables);
    }

    internal sealed class Frame(bool closed)
    {
        private readonly List<(string Name, object? Value)> _variables = [];

        public bool Closed { get; } = closed;

        public IEnumerable<(string Name, object? Value)> Variables => _variables;

        public bool Has(string name) => IndexOf(name) >= 0;

        public bool TryGet(string name, out object? value)
        {
            var index = IndexOf(name);
            value = index >= 0 ? _variables[index].Value : null;
            return index >= 0;
        }

        public void Put(string name, object? value)
        {
            var index = IndexOf(name);
            if (index >= 0) _variables[index] = (name, value);
            else _variables.Add((name, value));
        }

        private int IndexOf(string name)
        {
            for (var i = 0; i < _variables.Count; i++)
                if (_variables[i].Name == name) return i;
            return -1;
        }
    }
}
