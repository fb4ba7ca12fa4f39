using System.Diagnostics.CodeAnalysis;

namespace FlowApps.Domain.Tasks;

/// <summary>
/// A dynamic property: what the YAML says (text with expressions, number, list, map), rendered and converted to <typeparamref name="T"/> when the task runs
/// (kestra-semantics 7.2).
/// </summary>
public sealed record Property<T>(object Raw) : IProperty
{
    public override string ToString() => Raw as string ?? Values.Data.Write(Raw);

    [SuppressMessage("Usage", "CA2225", Justification = "The constructor says the same.")]
    // Without the cast the copy constructor is chosen, through this very operator, for ever.
    public static implicit operator Property<T>(string raw) => new((object)raw);
}

public interface IProperty
{
    object Raw { get; }
}
