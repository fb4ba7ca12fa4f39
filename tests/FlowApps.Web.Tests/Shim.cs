using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace FlowApps.Web.Tests;

/// <summary>Lets bunit find the AngleSharp.Diffing that the project file lays beside it.</summary>
internal static class Shim
{
    [ModuleInitializer]
    internal static void Install() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == "AngleSharp.Diffing" ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "shim", "AngleSharp.Diffing.dll")) : null;
}
