using System.Text;
using System.Text.Json;
using FlowApps.Domain.Values;

namespace FlowApps.Storage.Databases;

/// <summary>How values are written into columns.</summary>
internal static class Blob
{
    /// <summary>A document: JSON in UTF-8, as bytes, so that the order of its keys stays and the server does not parse it.</summary>
    public static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Data.Json);

    /// <summary>PostgreSQL's texts hold everything but the null character and halves of characters (what is left of an emoji that an expression cut in two).</summary>
    public static string Clean(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return text.Contains('\0') ? text.Replace('\0', '\uFFFD') : text;
    }
}
