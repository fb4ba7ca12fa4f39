using System.Globalization;
using System.Text.Json;
using FlowApps.Bench;

// ./flowapps bench [W1 … W6 B1 … forms expressions] [--seconds 8] [--json FILE]: measures the product through its public HTTP API.
var server = args[0];
var options = args[1..].ToList();
var json = Take("--json");
var seconds = double.Parse(Take("--seconds") ?? "8", CultureInfo.InvariantCulture);
var wanted = options.Select(option => option.ToLowerInvariant()).ToHashSet();
bool Wants(string name) => wanted.Count == 0 || wanted.Contains(name);

var rows = new List<Figures>();
if (Wants("expressions"))
    foreach (var row in ExpressionSpeed.Measure(TimeSpan.FromSeconds(Math.Min(seconds, 3)))) Show(row);
if (wanted.Count == 1 && wanted.Contains("expressions")) return 0;

var data = Directory.CreateTempSubdirectory("flowapps-bench-").FullName;
// The embedded database may run as another user, who has to reach its folder.
if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(data, (UnixFileMode)0b111_101_101);
try
{
    await using (await TestServer.StartAsync(server, data)) { }
    await using var running = await TestServer.StartAsync(server, data);
    if (Wants("w5"))
    {
        Show(new Figures("w5 warm start to /health", 1, 0, 0, 0, 0) { Value = running.StartedIn.TotalSeconds, Unit = "s" });
        await Task.Delay(TimeSpan.FromSeconds(3));
        Show(new Figures("w5 memory at rest (PSS)", 1, 0, 0, 0, 0) { Value = running.MemoryMegabytes(), Unit = "MB" });
    }
    var work = new Workloads(running.Port, TimeSpan.FromSeconds(seconds));
    await work.InstallAsync();
    if (Wants("w1")) foreach (var lanes in (int[])[1, 16, 64]) Show(await work.StartAsync("w1", lanes));
    if (Wants("w2")) foreach (var lanes in (int[])[1, 16]) Show(await work.StartAsync("w2", lanes));
    if (Wants("w3")) foreach (var lanes in (int[])[1, 8]) Show(await work.StartAsync("w3", lanes));
    if (Wants("w3sub")) foreach (var lanes in (int[])[1, 8]) Show(await work.StartAsync("w3sub", lanes));
    if (Wants("w4")) foreach (var lanes in (int[])[1, 16]) Show(await work.ResumeAsync(lanes, 2000));
    if (Wants("forms")) foreach (var row in await new FormSpeed(running.Port).MeasureAsync()) Show(row);
    if (Wants("w6")) Show(await work.PageAsync("w6 form page", "/a/bench/w1"));
    foreach (var name in (string[])["b1", "b2", "b3"])
        if (Wants(name)) foreach (var lanes in (int[])[1, 16]) Show(await work.StartAsync(name, lanes));
    foreach (var name in rows.Select(row => row.Name).Where(name => name is "w1" or "w2" or "w3" or "w3sub").Distinct().ToList())
        Console.WriteLine($"in the database, ended well: {name} {await work.CountAsync(name)}");
}
finally
{
    Directory.Delete(data, recursive: true);
}
if (json is not null)
    await File.WriteAllTextAsync(json, JsonSerializer.Serialize(rows.Select(row => new { name = row.Name, inFlight = row.InFlight, perSecond = row.PerSecond, p50Ms = row.P50Ms, p99Ms = row.P99Ms, value = row.Value, unit = row.Unit })));
return rows.Sum(row => row.Errors) == 0 ? 0 : 1;

void Show(Figures row)
{
    rows.Add(row);
    Console.WriteLine(row.Value is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{row.Name,-28} {value,10:0.00} {row.Unit}")
        : string.Create(CultureInfo.InvariantCulture, $"{row.Name,-14} in flight {row.InFlight,3}: {row.PerSecond,9:0.0}/s  p50 {row.P50Ms,7:0.00} ms  p99 {row.P99Ms,7:0.00} ms{(row.Errors > 0 ? $"  {row.Errors} errors" : "")}"));
}

string? Take(string name)
{
    var at = options.IndexOf(name);
    if (at < 0) return null;
    var value = options[at + 1];
    options.RemoveRange(at, 2);
    return value;
}
