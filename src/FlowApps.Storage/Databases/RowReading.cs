using System.Data.Common;
using System.Text.Json;
using FlowApps.Domain.Values;

namespace FlowApps.Storage.Databases;

/// <summary>Columns of a row by position, nulls as null.</summary>
internal static class RowReading
{
    extension(DbDataReader row)
    {
        public string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        public DateTimeOffset At(int column) => row.GetFieldValue<DateTimeOffset>(column);

        public DateTimeOffset? AtOrNull(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

        public byte[]? Bytes(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

        /// <summary>A document column (JSON in UTF-8).</summary>
        public T Json<T>(int column) => JsonSerializer.Deserialize<T>(row.GetFieldValue<byte[]>(column), Data.Json)!;

        /// <summary>The same, null when it is damaged: in a list one bad row must not hide the others.</summary>
        public T? JsonOrNull<T>(int column) where T : class
        {
            try
            {
                return row.Json<T>(column);
            }
            catch (Exception e) when (e is JsonException or NotSupportedException)
            {
                return null;
            }
        }
    }
}
