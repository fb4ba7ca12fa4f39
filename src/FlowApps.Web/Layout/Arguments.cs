namespace FlowApps.Web.Layout;

/// <summary>Short options of the command line as configuration keys: <c>--port 8080</c>, <c>--data ./data</c>, <c>--demo</c>. Everything else passes as it is.</summary>
public static class Arguments
{
    public static string[] Expand(string[] args)
    {
        var expanded = new List<string>(args.Length);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--demo":
                    expanded.Add("--FlowApps:Demo=true");
                    break;
                case "--port" when i + 1 < args.Length:
                    expanded.Add($"--urls=http://*:{args[++i]}");
                    break;
                case "--data" when i + 1 < args.Length:
                    expanded.Add($"--FlowApps:Data={args[++i]}");
                    break;
                default:
                    expanded.Add(args[i]);
                    break;
            }
        }
        return [.. expanded];
    }
}
