using System.Collections.Concurrent;

namespace FlowApps.Expressions.Templates;

/// <summary>
/// Parsed templates by their text, in two generations: what was not used while the young one filled up is forgotten.
/// Bounded by number and by characters; text that does not parse is not kept.
/// </summary>
internal sealed class TemplateCache(Func<string, Template> parse)
{
    private const int MostTemplates = 4_096;
    private const long MostCharacters = 4_000_000;

    private ConcurrentDictionary<string, Template> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, Template> _old = new(StringComparer.Ordinal);
    private long _characters;
    private int _count;

    public Template Get(string text) => _young.TryGetValue(text, out var template) ? template : Add(text);

    private Template Add(string text)
    {
        if (!_old.TryGetValue(text, out var template)) template = parse(text);
        var characters = Interlocked.Add(ref _characters, text.Length);
        var count = Interlocked.Increment(ref _count);
        if (count > MostTemplates || characters > MostCharacters) Age();
        _young[text] = template;
        return template;
    }

    private void Age()
    {
        Interlocked.Exchange(ref _characters, 0);
        Interlocked.Exchange(ref _count, 0);
        _old = Interlocked.Exchange(ref _young, new ConcurrentDictionary<string, Template>(StringComparer.Ordinal));
    }
}
