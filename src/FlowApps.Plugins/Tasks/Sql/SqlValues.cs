using System.Collections;
using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace FlowApps.Plugins.Tasks.Sql;

/// <summary>Values of databases as plain data, and plain data as values of databases.</summary>
internal static class SqlValues
{
    private const string Moment = "yyyy-MM-ddTHH:mm:ss.FFFFFFFK";

    /// <summary>A row as a map by column name. Of columns with the same name the last one counts.</summary>
    public static OrderedDictionary<string, object?> Row(DbDataReader reader)
    {
        var row = Data.Map();
        for (var column = 0; column < reader.FieldCount; column++) row[reader.GetName(column)] = Read(reader, column);
        return row;
    }

    /// <summary>Text is untyped, so that the database takes it for what it compares it with, since what a flow renders is text.</summary>
    public static DbParameter ForPostgres(string name, object? value) => value switch
    {
        null => new NpgsqlParameter(name, DBNull.Value),
        string text => new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = text },
        IReadOnlyDictionary<string, object?> map => new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = Data.Write(map) },
        IEnumerable list => new NpgsqlParameter(name, Array([.. list.Cast<object?>()])),
        DateTimeOffset moment => new NpgsqlParameter(name, moment.UtcDateTime),
        _ => new NpgsqlParameter(name, value),
    };

    public static object ForSqlite(object? value) => value switch
    {
        null => DBNull.Value,
        string or bool or int or long or double or float or decimal => value,
        DateTimeOffset moment => moment.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture),
        IEnumerable data => Data.Write<object>(data),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static object? Read(DbDataReader reader, int column)
    {
        if (reader.IsDBNull(column)) return null;
        return reader.GetDataTypeName(column) switch
        {
            "json" or "jsonb" => Data.Parse(reader.GetString(column)),
            "interval" => Text(reader.GetFieldValue<NpgsqlInterval>(column)),
            _ => Plain(reader.GetValue(column)),
        };
    }

    private static object? Plain(object? value) => value switch
    {
        null or DBNull => null,
        string or bool or int or double or float or decimal => value,
        short or byte => Convert.ToInt32(value, CultureInfo.InvariantCulture),
        long and >= int.MinValue and <= int.MaxValue => (int)(long)value,
        long => value,
        uint number => Plain((long)number),
        DateTime moment => moment.ToString(Moment, CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString(Moment, CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        IEnumerable items => items.Cast<object?>().Select(Plain).ToList(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>ISO 8601, with months and days as the database counts them.</summary>
    private static string Text(NpgsqlInterval interval) =>
        string.Create(CultureInfo.InvariantCulture, $"P{interval.Months}M{interval.Days}DT{interval.Time / 1_000_000m:0.######}S");

    private static Array Array(object?[] items) =>
        items.All(item => item is int or long) ? items.Select(item => Convert.ToInt64(item, CultureInfo.InvariantCulture)).ToArray()
        : items.All(item => item is int or long or double) ? items.Select(item => Convert.ToDouble(item, CultureInfo.InvariantCulture)).ToArray()
        : items.All(item => item is bool) ? items.Cast<bool>().ToArray()
        : items.Select(item => item as string ?? (item is null ? null : Data.Write(item))).ToArray();
}
