namespace FlowApps.Engine.Tests.Triggers;

/// <summary>A made-up cron expression, and what it means field by field: written down as it is made, so that nothing here has to read cron.</summary>
internal sealed record CronCase(string Text, CronCase.Field Minute, CronCase.Field Hour, CronCase.Field Day, CronCase.Field Month, CronCase.Field Weekday)
{
    public sealed record Field(string Text, HashSet<int> Values)
    {
        public bool IsStar => Text[0] == '*';
    }

    public static CronCase Make(Random random)
    {
        // Mostly a few dates a day: it is the days when the clocks change that are looked at, not every minute of five years.
        var minute = random.Next(12) switch { 0 => Star(0, 59), 1 or 2 => Steps(0, 59, random.Next(7, 30)), 3 => List(random, 0, 59), _ => One(random.Next(4) == 0 ? random.Next(60) : random.Next(4) * 15) };
        var hour = random.Next(10) switch { 0 => Star(0, 23), 1 => Steps(0, 23, random.Next(2, 13)), 2 => Span(random, 0, 6), 3 => List(random, 0, 23), 4 => One(random.Next(24)), _ => One(random.Next(5)) };
        var day = random.Next(6) switch { 0 => One(random.Next(1, 32)), 1 => Span(random, 1, 31), 2 => Steps(1, 31, random.Next(2, 11)), _ => Star(1, 31) };
        var month = random.Next(6) switch { 0 => Named(random.Next(12), Months, 1), 1 => List(random, 1, 12), 2 => Span(random, 1, 12), _ => Star(1, 12) };
        var weekday = random.Next(6) switch { 0 => One(random.Next(7)), 1 => Named(random.Next(7), Days, 0), 2 => new Field("7", [0]), 3 => Span(random, 1, 6), _ => Star(0, 6) };
        return new CronCase($"{minute.Text} {hour.Text} {day.Text} {month.Text} {weekday.Text}", minute, hour, day, month, weekday);
    }

    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private static Field Star(int min, int max) => new("*", [.. Enumerable.Range(min, max - min + 1)]);

    private static Field Steps(int min, int max, int step) => new($"*/{step}", [.. Enumerable.Range(min, max - min + 1).Where(value => (value - min) % step == 0)]);

    private static Field One(int value) => new($"{value}", [value]);

    private static Field Named(int index, string[] names, int first) => new(names[index], [index + first]);

    private static Field List(Random random, int min, int max)
    {
        var values = Enumerable.Range(0, 3).Select(_ => random.Next(min, max + 1)).Distinct().ToList();
        return new Field(string.Join(',', values), [.. values]);
    }

    private static Field Span(Random random, int min, int max)
    {
        var from = random.Next(min, max);
        var to = random.Next(from, max + 1);
        return new Field($"{from}-{to}", [.. Enumerable.Range(from, to - from + 1)]);
    }
}
