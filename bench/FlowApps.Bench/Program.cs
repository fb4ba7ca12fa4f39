using System.Globalization;
using FlowApps.Bench;

// ./flowapps bench [W1 … W6 B1 B2 B3 W3sub kv webhook long forms hold growth schedules expressions] [--seconds 8] [--hold 100000] [--growth 1000000] [--json FILE]
var server = args[0];
var options = args[1..].ToList();
var json = Take("--json");
var length = TimeSpan.FromSeconds(double.Parse(Take("--seconds") ?? "8", CultureInfo.InvariantCulture));
var held = int.Parse(Take("--hold") ?? "100000", CultureInfo.InvariantCulture);
var grown = Take("--growth") is { } number ? long.Parse(number, CultureInfo.InvariantCulture) : 0;
var wanted = options.Select(option => option.ToLowerInvariant()).ToHashSet();
if (grown > 0) wanted.Add("growth");

var report = new Report();
if (Wants("expressions")) foreach (var row in ExpressionSpeed.Measure(length < TimeSpan.FromSeconds(3) ? length : TimeSpan.FromSeconds(3))) report.Add(row);
if (wanted.Count == 0 || wanted.Except(["expressions", "schedules"]).Any()) await MeasureServerAsync();
if (Wants("schedules")) foreach (var row in await ScheduleLoad.MeasureAsync(server, 100_000)) report.Add(row);
if (json is not null) await File.WriteAllTextAsync(json, report.ToJson());
return report.Close() ? 0 : 1;

bool Wants(string name) => wanted.Count == 0 ? name is not ("growth" or "schedules") : wanted.Contains(name);

async Task MeasureServerAsync()
{
    var data = Directory.CreateTempSubdirectory("flowapps-bench-").FullName;
    // The built-in database may run as another user, who has to reach its folder.
    if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(data, (UnixFileMode)0b111_101_101);
    try
    {
        await using (await TestServer.StartAsync(server, data)) { }
        await using var database = new ServerDatabase(data);
        await using (var running = await TestServer.StartAsync(server, data)) await new Measurements(running, database, report, length).TakeAsync(Wants, grown);
        if (Wants("hold")) await new Holding(server, data, database, report, length).MeasureAsync(held);
    }
    finally
    {
        Directory.Delete(data, recursive: true);
    }
}

string? Take(string name)
{
    var at = options.IndexOf(name);
    if (at < 0) return null;
    var value = options[at + 1];
    options.RemoveRange(at, 2);
    return value;
}
