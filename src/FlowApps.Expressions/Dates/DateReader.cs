using System.Globalization;

namespace FlowApps.Expressions.Dates;

/// <summary>Reads a text by the parts of a pattern.</summary>
internal sealed class DateReader(string text, CultureInfo culture)
{
    private readonly Dictionary<char, long> _fields = [];
    private Zone? _zone;
    private int _at;
    private int _furthest;

    /// <summary>Errors: the text does not follow the pattern, or names no date.</summary>
    public Moment Read(IReadOnlyList<DatePart> parts, Zone zone)
    {
        if (!ReadParts(parts, 0, parts.Count) || _at != text.Length) throw IsoDates.NotParsed(text, _furthest);
        var local = Date().AddTicks(TimeOfDay());
        return Moment.OfLocal(local, HasTime ? _zone ?? zone : zone);
    }

    private bool HasTime => _fields.ContainsKey('H') || _fields.ContainsKey('h') || _fields.ContainsKey('k') || _fields.ContainsKey('K');

    private bool ReadParts(IReadOnlyList<DatePart> parts, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var part = parts[i];
            if (part.Kind == DatePartKind.OptionalStart)
            {
                var end = EndOfOptional(parts, i);
                var (at, fields) = (_at, new Dictionary<char, long>(_fields));
                if (!ReadParts(parts, i + 1, end))
                {
                    _at = at;
                    _fields.Clear();
                    foreach (var (letter, value) in fields) _fields[letter] = value;
                }
                i = end;
                continue;
            }
            var isAdjacent = part.IsNumber && i + 1 < to && parts[i + 1].IsNumber;
            if (part.Pad > 0) while (_at < text.Length && text[_at] == ' ') _at++;
            if (!(part.Kind == DatePartKind.Literal ? ReadLiteral(part.Literal) : ReadField(part, isAdjacent))) return false;
            _furthest = Math.Max(_furthest, _at);
        }
        return true;
    }

    private static int EndOfOptional(IReadOnlyList<DatePart> parts, int start)
    {
        var depth = 0;
        for (var i = start; i < parts.Count; i++)
        {
            depth += parts[i].Kind switch { DatePartKind.OptionalStart => 1, DatePartKind.OptionalEnd => -1, _ => 0 };
            if (depth == 0) return i;
        }
        return parts.Count;
    }

    private bool ReadLiteral(string literal)
    {
        if (string.CompareOrdinal(text, _at, literal, 0, literal.Length) != 0) return false;
        _at += literal.Length;
        return true;
    }

    private bool ReadField(DatePart part, bool isAdjacent) => part.Letter switch
    {
        'u' or 'y' or 'Y' or DateFormats.IsoWeekYear => ReadYear(part, isAdjacent),
        'M' or 'L' when part.Width > 2 => ReadName('M', part.Width == 3 ? culture.DateTimeFormat.AbbreviatedMonthNames : culture.DateTimeFormat.MonthNames, 1)
            || ReadName('M', part.Width == 3 ? culture.DateTimeFormat.AbbreviatedMonthGenitiveNames : culture.DateTimeFormat.MonthGenitiveNames, 1),
        'L' => ReadNumber('M', part.Width, isAdjacent),
        'E' => ReadName('E', part.Width < 4 ? culture.DateTimeFormat.AbbreviatedDayNames : culture.DateTimeFormat.DayNames, 0),
        'e' or 'c' when part.Width > 2 => ReadName('E', part.Width == 3 ? culture.DateTimeFormat.AbbreviatedDayNames : culture.DateTimeFormat.DayNames, 0),
        'a' => ReadName('a', [Designator(culture.DateTimeFormat.AMDesignator, "AM"), Designator(culture.DateTimeFormat.PMDesignator, "PM")], 0),
        'G' => ReadName('G', ["BC", "AD"], 0),
        'S' => ReadFraction(part.Width, part.Width),
        DateFormats.Fraction or DateFormats.FractionGroups => !ReadLiteral(".") || ReadFraction(0, 9),
        DateFormats.IsoWeek => ReadNumber('w', 2, isAdjacent),
        DateFormats.IsoDay => ReadNumber('e', 1, isAdjacent),
        DateFormats.Region => !ReadLiteral("[") || (ReadZone(c => c != ']') && ReadLiteral("]")),
        'V' or 'z' => ReadZone(c => char.IsLetterOrDigit(c) || c is '/' or '_' or '+' or '-' or ':'),
        'X' or 'x' or 'Z' or 'O' or DateFormats.RfcOffset => ReadZone(c => char.IsAsciiDigit(c) || c is '+' or '-' or ':' or 'Z' or 'G' or 'M' or 'T'),
        _ => ReadNumber(part.Letter, part.Width, isAdjacent),
    };

    private static string Designator(string name, string fallback) => name.Length == 0 ? fallback : name;

    private bool ReadYear(DatePart part, bool isAdjacent)
    {
        if (!ReadNumber('y', part.Letter == DateFormats.IsoWeekYear ? 4 : part.Width, isAdjacent)) return false;
        if (part.Width == 2) _fields['y'] += 2000;
        return true;
    }

    private bool ReadNumber(char letter, int width, bool isAdjacent)
    {
        var most = isAdjacent || width == 2 ? width : 19;
        var start = _at;
        while (_at < text.Length && _at - start < most && char.IsAsciiDigit(text[_at])) _at++;
        if (_at - start < width || !long.TryParse(text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return false;
        _fields[letter] = value;
        return true;
    }

    private bool ReadFraction(int least, int most)
    {
        var start = _at;
        while (_at < text.Length && _at - start < most && char.IsAsciiDigit(text[_at])) _at++;
        _fields['S'] = IsoDates.Fraction(text.AsSpan(start, _at - start));
        return _at - start >= least;
    }

    private bool ReadName(char letter, string[] names, int first)
    {
        var best = -1;
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length == 0 || (best >= 0 && names[i].Length <= names[best].Length)) continue;
            if (string.CompareOrdinal(text, _at, names[i], 0, names[i].Length) == 0) best = i;
        }
        if (best < 0) return false;
        _at += names[best].Length;
        _fields[letter] = best + first;
        return true;
    }

    private bool ReadZone(Func<char, bool> belongs)
    {
        var start = _at;
        while (_at < text.Length && belongs(text[_at])) _at++;
        if (_at == start) return false;
        _zone = Zone.Of(text[start.._at]);
        return true;
    }

    private DateTime Date()
    {
        if (!_fields.TryGetValue('y', out var year) || year is < 1 or > 9999) throw IsoDates.NotParsed(text);
        if (_fields.TryGetValue('w', out var week))
            return ISOWeek.ToDateTime((int)year, (int)week, (DayOfWeek)(_fields.GetValueOrDefault('e', 1) % 7));
        if (_fields.TryGetValue('D', out var dayOfYear))
            return dayOfYear is >= 1 and <= 366 ? new DateTime((int)year, 1, 1).AddDays(dayOfYear - 1) : throw IsoDates.NotParsed(text);
        if (!_fields.TryGetValue('M', out var month) || !_fields.TryGetValue('d', out var day)
            || month is < 1 or > 12 || day is < 1 or > 31) throw IsoDates.NotParsed(text);
        // Java's smart resolving: the 31st of a shorter month is its last day.
        return new DateTime((int)year, (int)month, (int)Math.Min(day, DateTime.DaysInMonth((int)year, (int)month)));
    }

    private long TimeOfDay()
    {
        var isAfternoon = _fields.GetValueOrDefault('a') == 1;
        var hour = _fields.TryGetValue('H', out var h) ? h
            : _fields.TryGetValue('k', out h) ? h % 24
            : _fields.TryGetValue('h', out h) ? (h % 12) + (isAfternoon ? 12 : 0)
            : _fields.TryGetValue('K', out h) ? h + (isAfternoon ? 12 : 0) : 0;
        var (minute, second) = (_fields.GetValueOrDefault('m'), _fields.GetValueOrDefault('s'));
        if (hour > 23 || minute > 59 || second > 59) throw IsoDates.NotParsed(text);
        var ticks = _fields.TryGetValue('n', out var nano) ? nano / 100 : _fields.GetValueOrDefault('S');
        return (((((hour * 60) + minute) * 60) + second) * TimeSpan.TicksPerSecond) + ticks;
    }
}
