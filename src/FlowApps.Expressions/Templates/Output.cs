using FlowApps.Expressions.Json;
using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Templates;

/// <summary>Where a template writes to.</summary>
internal abstract class Output
{
    public abstract void Text(string text);

    public abstract void Value(object? value);
}

/// <summary>Collects text in a reused buffer. Charges what it collects.</summary>
internal sealed class TextOutput : Output
{
    private const int KeptBuffer = 64 * 1024;

    [ThreadStatic] private static TextOutput? _spare;

    private char[] _buffer = new char[256];
    private Evaluation _evaluation = null!;

    private TextOutput() { }

    public int Length { get; private set; }

    public static TextOutput Rent(Evaluation evaluation)
    {
        var output = _spare ?? new TextOutput();
        _spare = null;
        output._evaluation = evaluation;
        output.Length = 0;
        return output;
    }

    /// <summary>The text; the output goes back to its thread and must not be used any more.</summary>
    public string Finish()
    {
        var text = new string(_buffer, 0, Length);
        _evaluation = null!;
        if (_buffer.Length <= KeptBuffer) _spare = this;
        return text;
    }

    public override void Text(string text) => Append(text.AsSpan());

    public void Append(ReadOnlySpan<char> text)
    {
        _evaluation.BurnText(text.Length);
        if (Length + text.Length > _buffer.Length) Grow(text.Length);
        text.CopyTo(_buffer.AsSpan(Length));
        Length += text.Length;
    }

    public void Append(char c)
    {
        if (Length == _buffer.Length) Grow(1);
        _buffer[Length++] = c;
    }

    public override void Value(object? value)
    {
        switch (value)
        {
            case null: break;
            case string text: Text(text); break;
            case int or long: Whole(Convert.ToInt64(value, null)); break;
            case IReadOnlyDictionary<string, object?> or IReadOnlyList<object?>: JsonText.Write(value, this, _evaluation, keepNulls: false); break;
            default: JavaText.Write(value, this, _evaluation); break;
        }
    }

    public void Whole(long number)
    {
        Span<char> digits = stackalloc char[20];
        number.TryFormat(digits, out var length, provider: System.Globalization.CultureInfo.InvariantCulture);
        Append(digits[..length]);
    }

    private void Grow(int more)
    {
        var most = _evaluation.Options.MaxOutput;
        if (more > most - Length) throw new ExpressionException($"The result would be longer than {most} characters.");
        Array.Resize(ref _buffer, (int)Math.Min(Math.Max(_buffer.Length * 2L, Length + more), Math.Max(most, _buffer.Length)));
    }
}

/// <summary>Keeps a single value as it is; text beside text is joined, text beside anything else is refused.</summary>
internal sealed class TypedOutput(Evaluation evaluation) : Output
{
    public object? Result { get; private set; }

    public override void Text(string text) => Value(text);

    public override void Value(object? value)
    {
        if (value is null) return;
        if (Result is null) { Result = value; return; }
        if (Result is not string before || value is not string after)
            throw new ExpressionException($"Tried to add {JavaClass.NameOf(value)} to {JavaClass.NameOf(Result)}");
        evaluation.BurnText((long)before.Length + after.Length);
        Result = before + after;
    }
}
